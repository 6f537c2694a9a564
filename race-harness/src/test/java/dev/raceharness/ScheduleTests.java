package dev.raceharness;

import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTests {

    @BeforeAll
    static void table() {
        sql("CREATE TABLE schedule (id int PRIMARY KEY, who text)");
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE schedule");
    }

    static Stream<List<String>> ordersOfTwoToFour() {
        return Stream.of(2, 3, 4).flatMap(n -> permutations(List.of("ada", "ben", "cyd", "dan").subList(0, n)));
    }

    private static Stream<List<String>> permutations(List<String> names) {
        if (names.isEmpty()) {
            return Stream.of(List.of());
        }
        return names.stream().flatMap(first -> {
            var rest = new ArrayList<>(names);
            rest.remove(first);
            return permutations(rest).map(tail -> Stream.concat(Stream.of(first), tail.stream()).toList());
        });
    }

    @ParameterizedTest
    @MethodSource("ordersOfTwoToFour")
    void everyOrderComesOutAsOrdered(List<String> order) {
        var race = race().holdAt(beforeInsertOn("schedule"));
        for (var name : order.stream().sorted().toList()) {
            race = race.racer(name, armed("INSERT INTO schedule VALUES (1, '" + name + "')"));
        }
        var outcome = race.release(Schedule.inOrder(order.toArray(String[]::new))).run();
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .on("schedule").attempted(order.size()).uniqueViolations(order.size() - 1).rows(1);
        assertThat(outcome.racers().stream().filter(RacerResult::succeeded).map(RacerResult::name))
                .containsExactly(order.get(0));
        assertThat(released(outcome)).isEqualTo(order);
    }

    private static List<String> released(Outcome outcome) {
        return outcome.interleaving().events().stream()
                .filter(event -> event.kind() == Event.Kind.RELEASED)
                .map(Event::racer)
                .toList();
    }

    @Test
    void racersThatAreNotNamedComeLast() {
        var outcome = twice(beforeInsertOn("schedule"), "INSERT INTO schedule VALUES (1)")
                .racer("cyd", armed("INSERT INTO schedule VALUES (1)"))
                .release(Schedule.inOrder("cyd"))
                .run();
        assertThat(released(outcome)).containsExactly("cyd", "ada", "ben");
    }

    @Test
    void stepsThroughSeveralGates() {
        var outcome = race().holdAt(beforeInsertOn("schedule"), beforeCommitAfter("schedule"))
                .racer("ada", armed("INSERT INTO schedule VALUES (1)", "SELECT count(*) FROM schedule"))
                .racer("ben", armed("INSERT INTO schedule VALUES (2)", "SELECT count(*) FROM schedule"))
                .release(Schedule.steps("ada:schedule ben:schedule ben:commit ada:commit"))
                .run();
        assertThat(outcome).everyRacerSucceeded().on("schedule").rows(2);
        assertThat(released(outcome)).containsExactly("ada", "ben", "ben", "ada");
        assertThat(outcome.racer("ben").value()).isEqualTo("1");
    }

    @Test
    void stepsThatAreUsedUpLetTheOthersGoInTheOrderOfTheirStart() {
        var outcome = twice(beforeInsertOn("schedule"), "INSERT INTO schedule VALUES (1)")
                .racer("cyd", armed("INSERT INTO schedule VALUES (1)"))
                .release(Schedule.steps("ben:schedule"))
                .run();
        assertThat(released(outcome)).containsExactly("ben", "ada", "cyd");
    }

    /** Its statement ran into a time limit of the application while it was held, and another racer took its place. */
    @Test
    void whoLeftTheGateWithoutBeingLetGoIsNotTakenForHeld() {
        var gone = new CountDownLatch(1);
        var over = new CountDownLatch(1);
        try {
            var race = race().holdAt(beforeInsertOn("schedule"))
                    .racer("ada", () -> Playground.transaction(connection -> {
                        try {
                            Playground.execute(
                                    connection, "SET LOCAL statement_timeout = 100", "INSERT INTO schedule VALUES (1)");
                        } catch (SQLException e) {
                            gone.countDown();
                        }
                        return Playground.awaited(over);
                    }))
                    .racer("ben", () -> {
                        gone.await();
                        return armed("INSERT INTO schedule VALUES (1)").call();
                    })
                    .release(Schedule.steps("ada:start ben:start ada:schedule ben:schedule"))
                    .finishWithin(Duration.ofMillis(300));

            assertThatThrownBy(race::run)
                    .isInstanceOf(RaceNotForcedException.class)
                    .hasMessageContaining("the step ada:schedule")
                    .hasMessageContaining("cannot be taken");
        } finally {
            over.countDown();
        }
    }

    @Test
    void aScheduleThatDoesNotFitSaysSo() {
        var failure = catchThrowableOfType(
                RaceNotForcedException.class,
                () -> twice(beforeInsertOn("schedule"), "INSERT INTO schedule VALUES (1)")
                        .release(Schedule.steps("ada:schedule ada:commit"))
                        .run());
        assertThat(failure.verdict()).isEqualTo(Verdict.NOT_REACHED);
        assertThat(failure)
                .hasMessageContaining("the step ada:commit of \"ada:schedule ada:commit\" cannot be taken")
                .hasMessageContaining("not held at a gate called commit")
                .hasMessageContaining("proves nothing")
                .hasMessageContaining("write the schedule anew");
    }

    @Test
    void aScheduleThatNamesNobodySaysWhoRaces() {
        assertThatThrownBy(() -> twice(beforeInsertOn("schedule"), "INSERT INTO schedule VALUES (1)")
                        .release(Schedule.inOrder("zoe"))
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"zoe\"")
                .hasMessageContaining("[ada, ben]");
    }

    @Test
    void whatIsNoStepIsRefused() {
        assertThatThrownBy(() -> Schedule.steps("ada"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'ada' is no step")
                .hasMessageContaining("ada:organization");
    }

    @Test
    void pauseIsTheControlThatHoldsNobody() {
        var outcome = twice(beforeInsertOn("schedule"), "INSERT INTO schedule VALUES (1)")
                .release(Schedule.pause(Duration.ofMillis(1)))
                .run();
        assertThat(outcome.verdict()).isIn(Verdict.FORCED, Verdict.NOT_REACHED);
        assertThat(outcome.schedule()).isEqualTo("pause of 1 ms");
        assertThat(outcome).on("schedule").attempted(2).rows(1);
    }

    @Test
    void aPauseLongEnoughForBothIsForced() {
        var outcome = twice(beforeInsertOn("schedule"), "INSERT INTO schedule VALUES (1)")
                .release(Schedule.pause(Duration.ofMillis(500)))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("schedule").attempted(2).uniqueViolations(1).rows(1);
    }
}
