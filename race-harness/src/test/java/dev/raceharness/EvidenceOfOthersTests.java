package dev.raceharness;

import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.in;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.sqlState;
import static dev.raceharness.Playground.unarmed;
import static dev.raceharness.Playground.value;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sessions do that are no racers is told apart from what racers do, on whatever connection. */
class EvidenceOfOthersTests {

    private static final Duration TO_BEGIN_TO_WAIT = Duration.ofSeconds(10);

    @BeforeAll
    static void table() {
        sql("CREATE TABLE of_others (id int PRIMARY KEY)");
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE of_others");
    }

    @Test
    void aBackgroundWriterThatViolatesTheSameConstraintIsNotCounted() {
        sql("INSERT INTO of_others VALUES (50)");
        var outcome = race().holdAt(beforeInsertOn("of_others"))
                .racer("ada", armed("INSERT INTO of_others VALUES (1)"))
                .racer("ben", () -> {
                    unarmed("INSERT INTO of_others VALUES (51)").call();
                    assertThatThrownBy(() -> unarmed("INSERT INTO of_others VALUES (50)").call())
                            .isInstanceOf(SQLException.class);
                    return armed("INSERT INTO of_others VALUES (1)").call();
                })
                .run();
        assertThat(outcome).on("of_others").attempted(2).refused(1).uniqueViolationsOf("of_others_pkey", 1).rows(1);
        var evidence = outcome.evidence();
        assertThat(evidence.on("of_others").rowsAfter() - evidence.on("of_others").rowsBefore()).isEqualTo(2);
        assertThat(evidence.errors().orElseThrow()).filteredOn(error -> error.sqlState().equals("23505")).hasSize(2);
    }

    @Test
    void aBackgroundSessionThatWaitsForARacerIsNoRacer() {
        var outcome = race().holdAt(beforeCommitAfter("of_others"))
                .racer("ada", () -> Playground.transaction(connection -> {
                    Playground.execute(connection, "INSERT INTO of_others VALUES (1)");
                    inTheBackground("INSERT INTO of_others VALUES (1) ON CONFLICT DO NOTHING");
                    return "";
                }))
                .racer("ben", armed("INSERT INTO of_others VALUES (2)"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded().on("of_others").attempted(2).rows(2);
    }

    /** Which had waited for less time than the racer runs by now, when the server said so. */
    @Test
    void aBackgroundSessionIsNotTakenForARacerThatIsOnItsWayIfTheAnswerComesLate() {
        var line = new SlowLine(
                Playground.owner(), "standing (pid", () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)));
        try (var harness = RaceHarness.open(line.dataSource())) {
            var outcome = harness.race().holdAt(beforeCommitAfter("of_others"))
                    .racer("ada", () -> Playground.transaction(connection -> {
                        Playground.execute(connection, "INSERT INTO of_others VALUES (1)");
                        inTheBackground("INSERT INTO of_others VALUES (1) ON CONFLICT DO NOTHING");
                        return "";
                    }))
                    .racer("ben", () -> {
                        Playground.awaited(line.slowFromNowOn());
                        return armed("INSERT INTO of_others VALUES (2)").call();
                    })
                    .run();
            assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded().on("of_others").attempted(2).rows(2);
        }
    }

    /** Returns when it waits for a lock. */
    private static void inTheBackground(String statement) {
        var thread = new Thread(() -> {
            try {
                unarmed(statement).call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        var waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query = '" + statement + "'";
        assertThat(Patience.await(TO_BEGIN_TO_WAIT, () -> !value(waits).equals("0")))
                .as(statement + " waits for a lock")
                .isTrue();
    }

    @Test
    void anotherConnectionOfARacerCountsToo() {
        sql("INSERT INTO of_others VALUES (50)");
        var outcome = race().holdAt(beforeInsertOn("of_others"))
                .racer("ada", armed("INSERT INTO of_others VALUES (1)"))
                .racer("ben", () -> {
                    armed("INSERT INTO of_others VALUES (2)").call();
                    return in(Playground.armed(), "INSERT INTO of_others VALUES (50)").call();
                })
                .run();
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("23505");
        assertThat(outcome).on("of_others").attempted(3).uniqueViolations(1).rows(2);
    }
}
