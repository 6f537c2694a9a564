package com.example.races.protection;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Races of the catalogue, run once more, in the same application and apart from the report.
 *
 * @param failures of tests; of containers and of the harness there are none
 */
record Rerun(long started, List<String> failures) {

    private static final String ROOT = "com.example.races.";

    static Rerun of(List<String> races) {
        var summary = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(races.stream().map(Rerun::selector).toList())
                .configurationParameter("race.report.folder", "")
                .build();
        LauncherFactory.create().execute(request, summary);
        return of(summary.getSummary());
    }

    /** Whatever its parameters are; a race that was renamed must not be missed. */
    private static DiscoverySelector selector(String race) {
        var parts = race.split("#");
        try {
            var type = Class.forName(ROOT + parts[0]);
            return Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.getName().equals(parts[1]))
                    .findFirst()
                    .map(method -> selectMethod(type, method))
                    .orElseThrow(() -> new IllegalArgumentException("There is no test " + parts[1] + " in " + type));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("There is no race " + race + ": was it renamed?", e);
        }
    }

    /** Without the block that follows it. */
    private static String message(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return failure.getClass().getSimpleName() + ": " + message.split("\n\n")[0];
    }

    private static Rerun of(TestExecutionSummary summary) {
        return new Rerun(
                summary.getTestsStartedCount(),
                summary.getFailures().stream()
                        .map(failure -> failure.getTestIdentifier().getDisplayName() + ": " + message(failure.getException()))
                        .toList());
    }
}
