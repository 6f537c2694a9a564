package dev.raceharness;

import static dev.raceharness.Gate.afterDeleteOn;
import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.afterUpdateOn;
import static dev.raceharness.Gate.afterWriteOn;
import static dev.raceharness.Gate.beforeDeleteOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.Playground.value;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteGateTests {

    @BeforeAll
    static void tables() {
        sql("CREATE TABLE write_gate (id int PRIMARY KEY, n int DEFAULT 0)", "CREATE TABLE write_gate_child (id int)");
    }

    @BeforeEach
    void rows() {
        sql("TRUNCATE write_gate", "INSERT INTO write_gate SELECT * FROM generate_series(1, 5)");
    }

    @Test
    void beforeInsertHoldsBothAfterTheirCheck() {
        var outcome = twice(
                        beforeInsertOn("write_gate"),
                        "INSERT INTO write_gate SELECT 10 WHERE NOT EXISTS (SELECT FROM write_gate WHERE id = 10)")
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .on("write_gate").attempted(2).refused(1).uniqueViolationsOf("write_gate_pkey", 1).rows(1);
    }

    @Test
    void afterInsertHoldsTheRowInTheTable() {
        var outcome = race().holdAt(afterInsertOn("write_gate"))
                .racer("ada", armed("INSERT INTO write_gate VALUES (10)"))
                .racer("ben", armed("INSERT INTO write_gate VALUES (11)", "SELECT count(*) FROM write_gate WHERE id = 10"))
                .release(Schedule.inOrder("ben", "ada"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded().on("write_gate").rows(2);
        assertThat(outcome.racer("ben").value()).isEqualTo("0");
    }

    @Test
    void updateGateIsReachedByBothRacersOfOneRow() {
        var outcome = twice(beforeUpdateOn("write_gate"), "UPDATE write_gate SET n = n + 1 WHERE id = 1").run();
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .everyRacerSucceeded()
                .on("write_gate").attempted(2).refused(0).uniqueViolations(0).rows(0);
        assertThat(value("SELECT n FROM write_gate WHERE id = 1")).isEqualTo("2");
    }

    @Test
    void anUpdateThatFindsItsRowChangedIsRefused() {
        var outcome = twice(beforeUpdateOn("write_gate"), "UPDATE write_gate SET n = 1 WHERE id = 1 AND n = 0").run();
        assertThat(outcome).on("write_gate").attempted(2).refused(1).uniqueViolations(0).rows(0);
        assertThat(outcome.racers()).extracting(RacerResult::value).containsExactlyInAnyOrder("1", "0");
    }

    @Test
    void afterUpdateHoldsTheRowLocked() {
        var outcome = twice(afterUpdateOn("write_gate"), "UPDATE write_gate SET n = n + 1 WHERE id = 1")
                .acceptSerialised()
                .run();
        assertThat(outcome).hasVerdict(Verdict.SERIALISED).everyRacerSucceeded();
    }

    @Test
    void deleteGateIsReachedByBothRacersOfOneRow() {
        var outcome = twice(beforeDeleteOn("write_gate"), "DELETE FROM write_gate WHERE id = 1").run();
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .everyRacerSucceeded()
                .on("write_gate").attempted(2).refused(1).rows(-1);
    }

    @Test
    void afterDeleteHoldsTheRowDeletedAndNotCommitted() {
        var outcome = race().holdAt(afterDeleteOn("write_gate"))
                .racer("ada", armed("DELETE FROM write_gate WHERE id = 1"))
                .racer("ben", armed("DELETE FROM write_gate WHERE id = 2", "SELECT count(*) FROM write_gate WHERE id = 1"))
                .release(Schedule.inOrder("ben", "ada"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("write_gate").attempted(2).refused(0).rows(-2);
        assertThat(outcome.racer("ben").value()).isEqualTo("1");
    }

    @Test
    void writeGateHoldsEveryOperation() {
        var outcome = race().holdAt(beforeWriteOn("write_gate"))
                .racer("ada", armed("INSERT INTO write_gate VALUES (10)"))
                .racer("ben", armed("UPDATE write_gate SET n = 7 WHERE id = 1"))
                .racer("cyd", armed("DELETE FROM write_gate WHERE id = 2"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("write_gate").attempted(3).refused(0).rows(0);
    }

    @Test
    void afterWriteHoldsEveryOperation() {
        var outcome = race().holdAt(afterWriteOn("write_gate"))
                .racer("ada", armed("INSERT INTO write_gate VALUES (10)"))
                .racer("ben", armed("UPDATE write_gate SET n = 7 WHERE id = 1"))
                .racer("cyd", armed("DELETE FROM write_gate WHERE id = 2"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("write_gate").attempted(3).refused(0).rows(0);
    }

    /** Two of its three triggers are there by then: they must not become part of another gate. */
    @Test
    void gateThatCannotBePlacedIsInNobodysWay() {
        assertThatThrownBy(() -> twice(beforeWriteOn("write_gate").when("to_jsonb(NEW) IS NOT NULL"), "SELECT 1").run())
                .isInstanceOf(RaceSetupException.class);
        var outcome = twice(beforeInsertOn("write_gate"), "INSERT INTO write_gate VALUES (10)").run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("write_gate").attempted(2).uniqueViolations(1);
    }

    @Test
    void conditionOverTheNewRowLetsOthersPass() {
        var outcome = race().holdAt(beforeInsertOn("write_gate").when("NEW.id = 10"))
                .racer("ada", armed("INSERT INTO write_gate VALUES (20)", "INSERT INTO write_gate VALUES (10)"))
                .racer("ben", armed("INSERT INTO write_gate VALUES (30)", "INSERT INTO write_gate VALUES (10)"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("write_gate").attempted(4).uniqueViolations(1);
        assertThat(outcome.interleaving().events().stream()
                        .filter(event -> event.kind() == Event.Kind.ARRIVED))
                .hasSize(2);
    }

    @Test
    void conditionOnAnUpdateSerialisesRacersOfOneRow() {
        var outcome = twice(
                        beforeUpdateOn("write_gate").when("OLD.id = 1"), "UPDATE write_gate SET n = n + 1 WHERE id = 1")
                .acceptSerialised()
                .run();
        assertThat(outcome).hasVerdict(Verdict.SERIALISED).everyRacerSucceeded();
    }

    @Test
    void multiRowInsertIsHeldOnceAndEachRowIsAnAttempt() {
        var outcome = race().holdAt(beforeInsertOn("write_gate"))
                .racer("ada", armed("INSERT INTO write_gate VALUES (10), (11), (12)"))
                .racer("ben", armed("INSERT INTO write_gate VALUES (20), (21)"))
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).on("write_gate").attempted(5).refused(0).rows(5);
        assertThat(arrivals(outcome, "ada")).isEqualTo(1);
    }

    @Test
    void severalGatesInOneRaceHoldOneAfterTheOther() {
        var outcome = twice(
                        beforeInsertOn("write_gate"),
                        "INSERT INTO write_gate VALUES ((random() * 1e9)::int)",
                        "INSERT INTO write_gate_child VALUES (1)")
                .holdAt(afterInsertOn("write_gate_child"))
                .release(Schedule.steps(
                        "ada:write_gate ben:write_gate ben:after-write_gate_child ada:after-write_gate_child"))
                .run();
        assertThat(outcome).everyRacerSucceeded()
                .on("write_gate").attempted(2).rows(2)
                .on("write_gate_child").attempted(2).rows(2);
    }

    @Test
    void oneRacerPassesTheSameGateMoreThanOnce() {
        var outcome = race().holdAt(beforeInsertOn("write_gate"))
                .racer("ada", armed("INSERT INTO write_gate VALUES (10)", "INSERT INTO write_gate VALUES (11)"))
                .racer("ben", armed("INSERT INTO write_gate VALUES (12)", "INSERT INTO write_gate VALUES (13)"))
                .release(Schedule.steps("ada:write_gate ben:write_gate ben:write_gate ada:write_gate"))
                .run();
        assertThat(outcome).everyRacerSucceeded().on("write_gate").attempted(4).rows(4);
        assertThat(arrivals(outcome, "ada")).isEqualTo(2);
    }

    @Test
    void moreArrivalsThanSlotsOneAfterTheOtherAllFindOne() {
        var outcome = race().holdAt(beforeInsertOn("write_gate"))
                .racer("ada", () -> {
                    for (int id = 100; id < 170; id++) {
                        armed("INSERT INTO write_gate VALUES (" + id + ")").call();
                    }
                    return "";
                })
                .racer("ben", armed("INSERT INTO write_gate VALUES (10)"))
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).everyRacerSucceeded().on("write_gate").attempted(71).rows(71);
        assertThat(arrivals(outcome, "ada")).isEqualTo(70);
    }

    @Test
    void moreArrivalsThanSlotsInOneTransactionAllFindOne() {
        var statements = IntStream.range(100, 170)
                .mapToObj(id -> "INSERT INTO write_gate VALUES (" + id + ")")
                .toArray(String[]::new);
        var outcome = race().holdAt(beforeInsertOn("write_gate"))
                .racer("ada", armed(statements))
                .racer("ben", armed("INSERT INTO write_gate VALUES (10)"))
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).everyRacerSucceeded().on("write_gate").attempted(71).rows(71);
        assertThat(arrivals(outcome, "ada")).isEqualTo(70);
    }

    @Test
    void aRacerThatRollsBackToASavepointIsHeldAgain() {
        var outcome = race().holdAt(beforeInsertOn("write_gate"))
                .racer(
                        "ada",
                        armed(
                                "SAVEPOINT s",
                                "INSERT INTO write_gate VALUES (10)",
                                "ROLLBACK TO s",
                                "INSERT INTO write_gate VALUES (10)"))
                .racer("ben", armed("INSERT INTO write_gate VALUES (11)"))
                .release(Schedule.steps("ada:write_gate ben:write_gate ada:write_gate"))
                .run();
        assertThat(outcome).everyRacerSucceeded().on("write_gate").attempted(3).rows(2);
        assertThat(arrivals(outcome, "ada")).isEqualTo(2);
    }

    @Test
    void aFunctionThatRetriesInsideOneStatementIsHeldAgain() {
        var insertOrNext =
                """
                DO $$ BEGIN
                    INSERT INTO write_gate VALUES (10);
                EXCEPTION WHEN unique_violation THEN
                    INSERT INTO write_gate VALUES (11);
                END $$""";
        var outcome = twice(beforeInsertOn("write_gate"), insertOrNext)
                .release(Schedule.steps("ada:write_gate ben:write_gate ben:write_gate"))
                .run();
        // the server caught the violation itself, so it is in no log: only the refused attempt is seen
        assertThat(outcome).everyRacerSucceeded()
                .on("write_gate").attempted(3).refused(1).uniqueViolations(0).rows(2);
    }

    @Test
    void aGateOnAViewIsRefusedWithTheCure() {
        sql("CREATE OR REPLACE VIEW write_gate_view AS SELECT * FROM write_gate");
        var failure = catchThrowableOfType(
                RaceSetupException.class, () -> twice(beforeInsertOn("write_gate_view"), "SELECT 1").run());
        assertThat(failure).hasMessageContaining("write_gate_view").hasMessageContaining("name the table behind it");
        sql("DROP VIEW write_gate_view");
    }

    static long arrivals(Outcome outcome, String racer) {
        return outcome.interleaving().events().stream()
                .filter(event -> event.racer().equals(racer) && event.kind() == Event.Kind.ARRIVED)
                .count();
    }
}
