package dev.raceharness.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasses;

import java.util.Map;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes that are there to be looked at, also such as are meant to fail. */
final class Fixtures {

    private Fixtures() {}

    static EngineExecutionResults run(Class<?>... fixtures) {
        return run(Map.of(), fixtures);
    }

    /** @param parameters JUnit's configuration parameters */
    static EngineExecutionResults run(Map<String, String> parameters, Class<?>... fixtures) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClasses(fixtures).toArray(DiscoverySelector[]::new))
                .configurationParameters(parameters)
                .execute();
    }
}
