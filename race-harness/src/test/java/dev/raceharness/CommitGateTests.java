package dev.raceharness;

import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.sqlState;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.RaceAssertions.assertThat;
import static dev.raceharness.WriteGateTests.arrivals;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitGateTests {

    @BeforeAll
    static void table() {
        sql("CREATE TABLE commit_gate (id int PRIMARY KEY)");
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE commit_gate");
    }

    @Test
    void holdsInsideTheCommitOnceHoweverManyRowsWereWritten() {
        var outcome = race().holdAt(beforeCommitAfter("commit_gate"))
                .racer("ada", armed("INSERT INTO commit_gate VALUES (1), (2)", "UPDATE commit_gate SET id = 3 WHERE id = 2"))
                .racer("ben", armed("INSERT INTO commit_gate VALUES (4)"))
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded().on("commit_gate").rows(3);
        assertThat(arrivals(outcome, "ada")).isEqualTo(1);
    }

    @Test
    void conditionChoosesTheTransactions() {
        var outcome = race().holdAt(beforeCommitAfter("commit_gate").when("NEW.id > 1"))
                .racer("ada", () -> {
                    armed("INSERT INTO commit_gate VALUES (1)").call();
                    return armed("INSERT INTO commit_gate VALUES (2)").call();
                })
                .racer("ben", armed("INSERT INTO commit_gate VALUES (3)"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("commit_gate").rows(3);
        assertThat(arrivals(outcome, "ada")).isEqualTo(1);
    }

    @Test
    void theWinnersCommitIsDelayedUntilTheOtherWaitsBehindIt() {
        var outcome = twice(beforeInsertOn("commit_gate"), "INSERT INTO commit_gate VALUES (1)")
                .holdAt(beforeCommitAfter("commit_gate"))
                .release(Schedule.steps("ada:commit_gate ben:commit_gate ada:commit"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("commit_gate").attempted(2).uniqueViolations(1).rows(1);
        assertThat(outcome.racer("ada").succeeded()).isTrue();
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("23505");
        assertThat(outcome.interleaving().events()).anySatisfy(event -> {
            assertThat(event.racer()).isEqualTo("ben");
            assertThat(event.kind()).isEqualTo(Event.Kind.BLOCKED);
            assertThat(event.detail()).isEqualTo("ada");
        });
    }
}
