package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.heldBy;
import static dev.raceharness.Gate.tableLock;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.Playground.unarmed;
import static dev.raceharness.Playground.value;
import static dev.raceharness.Playground.withOptions;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gates that the harness holds itself and that need neither trigger nor flag. */
class SharedGateTests {

    @BeforeAll
    static void tables() {
        sql("CREATE TABLE shared_gate (id int PRIMARY KEY, n int DEFAULT 0)", "CREATE TABLE shared_gate_other (id int)");
    }

    @BeforeEach
    void rows() {
        sql("TRUNCATE shared_gate", "INSERT INTO shared_gate VALUES (1)");
    }

    /** The harness idles in its transaction while the racers come. */
    @Test
    void tableLockOutlivesTheTimeLimitsOfTheHarnesssRole() {
        try (var harness = RaceHarness.open(withOptions("-c idle_in_transaction_session_timeout=1"))) {
            var outcome = harness.race()
                    .holdAt(tableLock("shared_gate"))
                    .racer("ada", unarmed("SELECT pg_sleep(0.1)", "INSERT INTO shared_gate VALUES (2)"))
                    .racer("ben", unarmed("SELECT pg_sleep(0.1)", "INSERT INTO shared_gate VALUES (3)"))
                    .run();
            assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded().on("shared_gate").rows(2);
        }
    }

    @Test
    void tableLockHoldsWrites() {
        var outcome = race().holdAt(tableLock("shared_gate"))
                .racer("ada", unarmed("INSERT INTO shared_gate VALUES (2)"))
                .racer("ben", unarmed("SELECT count(*) FROM shared_gate", "UPDATE shared_gate SET n = 1"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded().on("shared_gate").rows(1);
    }

    @Test
    void tableLockHoldsReadsToo() {
        var outcome = race().holdAt(tableLock("shared_gate").andReads())
                .racer("ada", unarmed("SELECT count(*) FROM shared_gate"))
                .racer("ben", unarmed("SELECT count(*) FROM shared_gate"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerReturnedTheSame();
    }

    @Test
    void tableLockLetsTheApplicationsLockTimeoutFire() {
        var timedOut = new CountDownLatch(1);
        var hasty = Playground.in(withOptions("-c lock_timeout=30ms"), "INSERT INTO shared_gate VALUES (2)");
        assertThatThrownBy(() -> race().holdAt(tableLock("shared_gate"))
                        .racer("ada", () -> {
                            try {
                                return hasty.call();
                            } finally {
                                timedOut.countDown();
                            }
                        })
                        .racer("ben", () -> {
                            timedOut.await();
                            return unarmed("INSERT INTO shared_gate VALUES (3)").call();
                        })
                        .run())
                .isInstanceOf(RaceNotForcedException.class)
                .hasMessageContaining("1 of 2 racers")
                .hasMessageContaining("lock timeout");
    }

    @Test
    void heldByAnInsertOfTheContendedKey() {
        var outcome = race().holdAt(heldBy("INSERT INTO shared_gate VALUES (7)"))
                .watch("shared_gate")
                .racer("ada", unarmed("INSERT INTO shared_gate VALUES (7)"))
                .racer("ben", unarmed("INSERT INTO shared_gate VALUES (7)"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("shared_gate").uniqueViolations(1);
        assertThat(value("SELECT count(*) FROM shared_gate WHERE id = 7")).isEqualTo("1");
    }

    @Test
    void heldByLeavesOtherKeysAlone() {
        assertThatThrownBy(() -> race().holdAt(heldBy("INSERT INTO shared_gate VALUES (7)"))
                        .racer("ada", unarmed("INSERT INTO shared_gate VALUES (7)"))
                        .racer("ben", unarmed("INSERT INTO shared_gate VALUES (8)"))
                        .run())
                .isInstanceOf(RaceNotForcedException.class)
                .hasMessageContaining("1 of 2 racers");
    }

    @Test
    void heldByARowThatIsSelectedForUpdate() {
        var outcome = race().holdAt(heldBy("SELECT * FROM shared_gate WHERE id = 1 FOR UPDATE"))
                .racer("ada", unarmed("UPDATE shared_gate SET n = n + 1 WHERE id = 1"))
                .racer("ben", unarmed("UPDATE shared_gate SET n = n + 1 WHERE id = 1"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded();
        assertThat(value("SELECT n FROM shared_gate WHERE id = 1")).isEqualTo("2");
    }

    @Test
    void heldByTogetherWithAGateThatArmsEverySession() {
        var outcome = race().holdAt(heldBy("INSERT INTO shared_gate VALUES (7)"), beforeInsertOn("shared_gate"))
                .armedBy(Arming.everySession())
                .racer("ada", unarmed("INSERT INTO shared_gate VALUES (7)"))
                .racer("ben", unarmed("INSERT INTO shared_gate VALUES (7)"))
                .run();
        assertThat(outcome).on("shared_gate").attempted(2).uniqueViolations(1).rows(1);
    }

    @Test
    void aStatementThatFailsSaysSo() {
        assertThatThrownBy(() -> twice(heldBy("INSERT INTO shared_gate VALUES (1)"), "SELECT 1").run())
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("cannot hold \"held by INSERT INTO shared_gate VALUES (1)\"")
                .hasMessageContaining("shared_gate_pkey");
    }

    @Test
    void schedulesAreRefused() {
        assertThatThrownBy(() -> twice(tableLock("shared_gate"), "SELECT 1").release(Schedule.inOrder()).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lets all its racers go at the same time")
                .hasMessageContaining("Schedule.together()");
    }

    @Test
    void aRacersDeadlockIsNeverTheHarnesss() {
        // ada waits at the lock while it holds the row that ben needs: no deadlock, ben waits behind ada
        var outcome = race().holdAt(tableLock("shared_gate_other"))
                .racer("ada", unarmed("UPDATE shared_gate SET n = 1", "INSERT INTO shared_gate_other VALUES (1)"))
                .racer("ben", unarmed("UPDATE shared_gate SET n = 2", "INSERT INTO shared_gate_other VALUES (2)"))
                .acceptSerialised()
                .run();
        assertThat(outcome).hasVerdict(Verdict.SERIALISED).everyRacerSucceeded();
        assertThat(outcome.evidence().deadlocks()).isZero();
    }
}
