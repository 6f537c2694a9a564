package dev.raceharness.junit;

import static dev.raceharness.junit.Fixtures.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.Playground;
import dev.raceharness.Race;
import dev.raceharness.Run;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Each interleaving is a test, always in the same order. */
class InterleavingsTests {

    @BeforeAll
    static void table() {
        Playground.sql("CREATE TABLE parish (name text)");
    }

    static class InterleavingsFixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        @TestFactory
        Stream<DynamicTest> insertIfAbsent(Race race) {
            return Interleavings.of(
                    race.racer("ada", this::insert).racer("ben", this::insert).atMost(3).explore());
        }

        private Object insert(Run run) throws Exception {
            return Playground.transaction(connection -> {
                try (var insert = connection.createStatement()) {
                    return insert.executeUpdate("INSERT INTO parish SELECT '%1$s' WHERE NOT EXISTS (SELECT FROM parish"
                            .formatted(run.token()) + " WHERE name = '" + run.token() + "')");
                }
            });
        }
    }

    private static final String START = "ada:start ben:start ada:parish ada:after-parish";

    private static List<String> names(EngineExecutionResults results) {
        return results.testEvents().finished()
                .map(event -> event.getTestDescriptor().getDisplayName())
                .toList();
    }

    private static List<String> failures(EngineExecutionResults results) {
        return results.testEvents().failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow().getMessage())
                .toList();
    }

    @Test
    void areTestsOfTheirOwnInADeterministicOrder() {
        var results = run(InterleavingsFixture.class);

        assertThat(names(results))
                .containsExactly(
                        START + " ada:commit ben:parish ben:after-parish ben:commit",
                        START + " ben:parish ben:after-parish ben:commit ada:commit",
                        START + " ben:parish ben:after-parish ada:commit ben:commit",
                        "all 3 interleavings")
                .isEqualTo(names(run(InterleavingsFixture.class)));
        assertThat(failures(results)).hasSize(4).first().asString()
                .contains("ends as no serial order does").contains(".replay(\"ada:start");
        assertThat(failures(results).get(3)).contains("stopped after 3, as asked for");
    }

    @Test
    void theExplorationIsReportedOnce() {
        assertThat(run(InterleavingsFixture.class).allEvents()
                        .reportingEntryPublished()
                        .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs()))
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("race")).contains("3 interleavings, 3 anomalous"));
    }
}
