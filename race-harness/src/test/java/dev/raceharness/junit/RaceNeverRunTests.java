package dev.raceharness.junit;

import static dev.raceharness.RaceAssertions.assertThat;
import static dev.raceharness.junit.Fixtures.run;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.raceharness.Playground;
import dev.raceharness.Race;
import dev.raceharness.RaceNotForcedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

/** A test that takes a race and does not run it proves nothing: it is red. So is one whose race did not happen. */
class RaceNeverRunTests {

    private static final String NEVER_RUN = "takes a Race and never ran it, so it proves nothing";

    @BeforeEach
    void table() {
        Names.create();
    }

    static class PreparedFixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        private Race race;

        @BeforeEach
        void prepare(Race race) {
            this.race = race;
        }

        @Test
        void runsWhatWasPrepared() {
            Names.raceFor("prepared", race);
        }

        @Test
        void forgetsIt() {}
    }

    @Test
    void aRaceTakenBeforeEachTestMustBeRunByEach() {
        var results = run(PreparedFixture.class);

        results.testEvents().assertStatistics(tests -> tests.succeeded(1).failed(1));
        results.testEvents()
                .assertThatEvents()
                .haveExactly(1, event(test("forgetsIt"), finishedWithFailure(message(text -> text.contains(NEVER_RUN)))));
    }

    static class FailingFixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        @Test
        void wrongOutcome(Race race) {
            assertThat(Names.raceFor("wrong", race)).on("taken_name").rows(2);
        }

        @Test
        void notForced(Race race) {
            Names.gated(race).racer("ada", () -> Names.look("x")).racer("ben", () -> Names.look("x")).run();
        }

        @Test
        void expectedNotToBeForced(Race race) {
            assertThatThrownBy(() -> Names.gated(race)
                            .racer("ada", () -> Names.look("x"))
                            .racer("ben", () -> Names.look("x"))
                            .run())
                    .isInstanceOf(RaceNotForcedException.class);
        }

        @Test
        void neverRun(Race race) {
            Names.gated(race).racer("ada", () -> Names.look("x")).racer("ben", () -> Names.look("x"));
        }

        @Test
        void failsBeforeItsRace(Race race) {
            throw new IllegalArgumentException("something else, after " + race);
        }

        @Test
        void abortsBeforeItsRace(Race race) {
            throw new TestAbortedException("not today, " + race);
        }

        @Test
        void takesNoRace() {}
    }

    @Test
    void aWrongOutcomeIsAFailureAndARaceThatDidNotHappenAnError() {
        var tests = run(FailingFixture.class).testEvents();

        tests.assertStatistics(counts -> counts.succeeded(2).failed(4).aborted(1));
        tests.assertThatEvents()
                .haveExactly(1, event(test("wrongOutcome"), finishedWithFailure(instanceOf(AssertionError.class))))
                .haveExactly(1, event(test("notForced"), finishedWithFailure(instanceOf(RaceNotForcedException.class))));
    }

    @Test
    void aTestThatNeverRunsItsRaceFailsUnlessItDidAnyway() {
        var tests = run(FailingFixture.class).testEvents();

        tests.assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                test("neverRun"),
                                finishedWithFailure(
                                        instanceOf(IllegalStateException.class),
                                        message(text -> text.startsWith("neverRun(Race) " + NEVER_RUN)))))
                .haveExactly(
                        1,
                        event(
                                test("failsBeforeItsRace"),
                                finishedWithFailure(message(text -> text.startsWith("something else, after ")))));
    }

    static class FactoryFixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        @TestFactory
        Stream<DynamicTest> withoutARace(Race race) {
            return Stream.of(dynamicTest("nothing", () -> {}));
        }

        @TestFactory
        Stream<DynamicTest> failing(Race race) {
            return Stream.of(dynamicTest("broken", () -> {
                throw new IllegalArgumentException("broken before " + race);
            }));
        }
    }

    @Test
    void aFactoryOfWhichNoTestRunsTheRaceFailsUnlessOneFailedAnyway() {
        var results = run(FactoryFixture.class);

        results.containerEvents().assertStatistics(containers -> containers.failed(1));
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                displayName("withoutARace(Race)"),
                                finishedWithFailure(message(text -> text.contains(NEVER_RUN)))));
        results.testEvents().assertStatistics(tests -> tests.succeeded(1).failed(1));
    }
}
