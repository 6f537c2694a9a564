package dev.raceharness.junit;

import static dev.raceharness.RaceAssertions.assertThat;
import static dev.raceharness.junit.Fixtures.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.raceharness.Playground;
import dev.raceharness.Race;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What a race does to a test of each kind, seen from outside: the fixtures are run by the JUnit Platform's test kit. */
class RaceExtensionTests {

    @BeforeEach
    void table() {
        Names.create();
    }

    private static List<String> published(EngineExecutionResults results) {
        return results.allEvents()
                .reportingEntryPublished()
                .map(event -> event.getRequiredPayload(ReportEntry.class))
                .map(entry -> entry.getKeyValuePairs().get("race"))
                .toList();
    }

    static class EveryKindFixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        @Test
        void plain(Race race) {
            assertThat(Names.raceFor("plain", race)).on("taken_name").uniqueViolations(1).rows(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"one", "two"})
        void ofName(String name, Race race) {
            assertThat(Names.raceFor(name, race)).on("taken_name").uniqueViolations(1).rows(1);
        }

        @TestFactory
        Stream<DynamicTest> factory(Race race) {
            return Stream.of("three", "four").map(name -> dynamicTest(name, () -> Names.raceFor(name, race)));
        }
    }

    @Test
    void aRaceIsInjectedIntoTestsTemplatesAndFactoriesAndReportedByEach() {
        var results = run(EveryKindFixture.class);

        results.testEvents().assertStatistics(tests -> tests.started(5).succeeded(5));
        results.allEvents().failed().assertEventsMatchExactly();
        assertThat(published(results))
                .hasSize(5)
                .allMatch(block -> block.contains("FORCED: 2 of 2 racers held at before insert on taken_name"))
                .anyMatch(block -> block.startsWith("plain(Race)\n"))
                .anyMatch(block -> block.startsWith("ofName(String, Race) [1]"))
                .anyMatch(block -> block.startsWith("factory(Race)\n"));
    }

    static class SupplierFixture {

        static final AtomicInteger ASKED = new AtomicInteger();

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(SupplierFixture::database);

        private static DataSource database() {
            ASKED.incrementAndGet();
            return Playground.owner();
        }

        @Test
        void first(Race race) {
            Names.raceFor("first", race);
        }

        @Test
        void second(Race race) {
            Names.raceFor("second", race);
        }
    }

    @Test
    void aSupplierIsAskedOnceAndNotBeforeTheFirstRace() {
        SupplierFixture.ASKED.set(0);

        run(SupplierFixture.class).testEvents().assertStatistics(tests -> tests.succeeded(2));

        assertThat(SupplierFixture.ASKED).hasValue(1);
    }

    static class WholeClassFixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        @BeforeAll
        static void tooEarly(Race race) {}

        @Test
        void neverComesHere() {}
    }

    @Test
    void aRaceForAWholeClassIsRefusedInWords() {
        run(WholeClassFixture.class)
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(finishedWithFailure(message(
                                text -> text.contains("parameter of the test method, or of a @BeforeEach method")))));
    }

    static class ParallelFixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        /** Nobody gets past it alone: without parallel execution the first test would wait here in vain. */
        private static final CyclicBarrier TWO_TESTS_AT_ONCE = new CyclicBarrier(2);

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
        void each(int number, Race race) throws Exception {
            TWO_TESTS_AT_ONCE.await(10, TimeUnit.SECONDS);
            var outcome = Names.raceFor("parallel " + number, race);
            assertThat(outcome).on("taken_name").attempted(2).uniqueViolations(1).rows(1);
        }
    }

    @Test
    void underParallelExecutionEveryRaceIsForced() {
        var results = run(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"),
                ParallelFixture.class);

        results.testEvents().assertStatistics(tests -> tests.started(12).succeeded(12));
        assertThat(published(results).stream().map(block -> block.lines().skip(1).findFirst().orElseThrow().strip())
                        .collect(Collectors.toSet()))
                .containsExactly(
                        "FORCED: 2 of 2 racers held at before insert on taken_name; released together");
    }
}
