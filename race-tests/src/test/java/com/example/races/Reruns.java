package com.example.races;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs races of the catalogue once more, in the same application and apart from the report. A parameter for tests that are
 * {@code @ExtendWith(Reruns.ForTests.class)}: one for all of them, whose runs share a harness.
 */
public final class Reruns implements AutoCloseable {

    private static final String ROOT = "com.example.races.";

    private final LauncherSession session = LauncherFactory.openSession();

    private Reruns() {}

    /** Closed by JUnit at the end of the run, which removes the harness from the database. */
    public static final class ForTests extends TypeBasedParameterResolver<Reruns> {
        @Override
        public Reruns resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(Namespace.create(Reruns.class))
                    .computeIfAbsent(Reruns.class, type -> new Reruns(), Reruns.class);
        }
    }

    /** @param failures of tests; of containers and of the harness there are none */
    public record Rerun(long started, List<String> failures) {}

    @Override
    public void close() {
        session.close();
    }

    /**
     * @param races such as {@code seat.Seat01LastSeatTests#theApplicationLetsOneIn}, with all its parameters, or with those
     *     at one place: {@code firstlogin.FirstLogin11CrowdsTests#allMeetInOneOrganization[1]}
     */
    public Rerun of(List<String> races) {
        return run(LauncherDiscoveryRequestBuilder.request()
                .selectors(races.stream().map(Reruns::selector).toList()));
    }

    /**
     * In an order by chance: the same for the same seed.
     *
     * @param classes regular expressions
     */
    Rerun ofAllBut(long seed, String... classes) {
        return run(LauncherDiscoveryRequestBuilder.request()
                .configurationParameter(ClassOrderer.DEFAULT_ORDER_PROPERTY_NAME, ClassOrderer.Random.class.getName())
                .configurationParameter(MethodOrderer.DEFAULT_ORDER_PROPERTY_NAME, MethodOrderer.Random.class.getName())
                .configurationParameter(ClassOrderer.Random.RANDOM_SEED_PROPERTY_NAME, String.valueOf(seed))
                .selectors(selectPackage(ROOT.substring(0, ROOT.length() - 1)))
                .filters(ClassNameFilter.excludeClassNamePatterns(classes)));
    }

    /** All tests of this class, with the extensions that the class path offers to any. */
    public Rerun withExtensions(Class<?> race) {
        return run(LauncherDiscoveryRequestBuilder.request()
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .selectors(selectClass(race)));
    }

    /** Without what takes minutes, and itself runs races again. */
    private Rerun run(LauncherDiscoveryRequestBuilder request) {
        var summary = new SummaryGeneratingListener();
        session.getLauncher()
                .execute(
                        request.configurationParameter("race.report.folder", "")
                                .filters(TagFilter.excludeTags("again", "every-race-explored"))
                                .build(),
                        summary);
        return rerun(summary.getSummary());
    }

    /** A race that was renamed must not be missed. */
    private static DiscoverySelector selector(String race) {
        var parts = race.split("[#\\[\\]]");
        try {
            var type = Class.forName(ROOT + parts[0]);
            var method = Stream.of(type.getDeclaredMethods())
                    .filter(candidate -> candidate.getName().equals(parts[1]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no test " + parts[1] + " in " + type));
            var all = selectMethod(type, method);
            return parts.length == 2 ? all : selectIteration(all, Integer.parseInt(parts[2]));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("There is no race " + race + ": was it renamed?", e);
        }
    }

    /** Without the block that follows it. */
    private static String message(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        return failure.getClass().getSimpleName() + ": " + message.split("\n\n")[0];
    }

    private static Rerun rerun(TestExecutionSummary summary) {
        return new Rerun(
                summary.getTestsStartedCount(),
                summary.getFailures().stream()
                        .map(failure -> failure.getTestIdentifier().getDisplayName() + ": " + message(failure.getException()))
                        .toList());
    }
}
