package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.in;
import static dev.raceharness.Playground.pool;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.sqlState;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.Playground.value;
import static dev.raceharness.Playground.withOptions;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvidenceTests {

    @BeforeAll
    static void tables() {
        sql("CREATE TABLE evidence (id int PRIMARY KEY, name text CONSTRAINT evidence_name UNIQUE, n int DEFAULT 0)",
                "CREATE TABLE evidence_trail (id int)");
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE evidence, evidence_trail");
    }

    @Test
    void pooledConnectionsThatStayOpenAreCountedAtOnce() {
        try (var pool = pool(Playground.armed(), 2)) {
            for (int i = 0; i < 3; i++) {
                var insert = in(pool, "INSERT INTO evidence VALUES (" + i + ")");
                var outcome =
                        race().holdAt(beforeInsertOn("evidence")).racer("ada", insert).racer("ben", insert).run();
                assertThat(outcome).on("evidence").attempted(2).refused(1).uniqueViolations(1).rows(1);
            }
        }
    }

    @Test
    void connectionsThatAreClosedInsideAFailedTransactionAreCounted() {
        var insert = in(Playground.armed(), "INSERT INTO evidence VALUES (1)");
        var outcome = race().holdAt(beforeInsertOn("evidence")).racer("ada", insert).racer("ben", insert).run();
        assertThat(outcome).on("evidence").attempted(2).refused(1).uniqueViolations(1).rows(1);
    }

    @Test
    void aTransactionThatEndsALittleAfterItsRacerIsWaitedFor() {
        Callable<String> leavesItToAnother = () -> {
            var connection = Playground.armed().getConnection();
            connection.setAutoCommit(false);
            var result = Playground.execute(connection, "INSERT INTO evidence VALUES (1) ON CONFLICT DO NOTHING");
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(() -> commitAndClose(connection));
            return result;
        };
        var outcome = race().holdAt(beforeInsertOn("evidence"))
                .racer("ada", leavesItToAnother)
                .racer("ben", leavesItToAnother)
                .run();
        assertThat(outcome).on("evidence").attempted(2).refused(1).rows(1);
    }

    private static void commitAndClose(Connection connection) {
        try (connection) {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void violationsAreToldApartByConstraint() {
        var outcome = race().holdAt(beforeInsertOn("evidence"))
                .racer("ada", armed("INSERT INTO evidence VALUES (1, 'acme')"))
                .racer("ben", armed("INSERT INTO evidence VALUES (1, 'other')"))
                .racer("cyd", armed("INSERT INTO evidence VALUES (3, 'acme')"))
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).on("evidence").attempted(3).uniqueViolations(2)
                .uniqueViolationsOf("evidence_pkey", 1)
                .uniqueViolationsOf("evidence_name", 1)
                .rows(1);
    }

    @Test
    void aConstraintWhoseNameIsPartOfAnothersIsNotTakenForIt() {
        sql("CREATE TABLE letter (id int GENERATED ALWAYS AS IDENTITY, mail text CONSTRAINT \"tenant-mail\" UNIQUE,"
                + " other text CONSTRAINT mail UNIQUE, third text CONSTRAINT \"tenant-mail-new\" UNIQUE)");
        assertThat(twice(beforeInsertOn("letter"), "INSERT INTO letter (mail) VALUES ('a')").run())
                .on("letter").uniqueViolationsOf("tenant-mail", 1).uniqueViolationsOf("mail", 0);
        assertThat(twice(beforeInsertOn("letter"), "INSERT INTO letter (third) VALUES ('a')").run())
                .on("letter").uniqueViolationsOf("tenant-mail-new", 1).uniqueViolationsOf("mail", 0);
    }

    @Test
    void onConflictDoNothingIsRefusedWithoutAViolation() {
        var outcome = twice(beforeInsertOn("evidence"), "INSERT INTO evidence VALUES (1) ON CONFLICT DO NOTHING").run();
        assertThat(outcome).everyRacerSucceeded().on("evidence").attempted(2).refused(1).uniqueViolations(0).rows(1);
    }

    @Test
    void theReadBackTrapOfOnConflictDoNothing() {
        var outcome = twice(
                        beforeInsertOn("evidence"),
                        "INSERT INTO evidence VALUES (1) ON CONFLICT DO NOTHING RETURNING id")
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome.racer("ada").value()).isEqualTo("1");
        assertThat(outcome.racer("ben").value()).isEqualTo("nothing");
    }

    @Test
    void anUpsertIsOneAttemptWhateverBecomesOfItsRow() {
        for (var gate : new Gate[] {beforeInsertOn("evidence"), beforeWriteOn("evidence")}) {
            sql("TRUNCATE evidence");
            var outcome = twice(
                            gate,
                            "INSERT INTO evidence VALUES (1) ON CONFLICT (id) DO UPDATE SET n = evidence.n + 1")
                    .run();
            assertThat(outcome).everyRacerSucceeded()
                    .on("evidence").attempted(2).refused(0).uniqueViolations(0).rows(1);
            assertThat(value("SELECT n FROM evidence")).isEqualTo("1");
        }
    }

    @Test
    void anUpdateOfTheSameTableAfterTheInsertIsNoAttemptToInsert() {
        var outcome = race().holdAt(beforeInsertOn("evidence"))
                .racer("ada", armed("INSERT INTO evidence VALUES (1)", "UPDATE evidence SET n = 1 WHERE id = 1"))
                .racer("ben", armed("INSERT INTO evidence VALUES (2)", "UPDATE evidence SET n = 1 WHERE id = 2"))
                .run();
        assertThat(outcome).on("evidence").attempted(2).refused(0).rows(2);
        assertThat(outcome.evidence().on("evidence").written()).hasValue(2);
    }

    @Test
    void anUpdateOfManyRowsIsOneAttempt() {
        sql("INSERT INTO evidence SELECT * FROM generate_series(1, 9)");
        var outcome = twice(beforeUpdateOn("evidence"), "UPDATE evidence SET n = n + 1").run();
        assertThat(outcome).on("evidence").attempted(2).refused(0).rows(0);
        assertThat(outcome.evidence().on("evidence").written()).hasValue(2);
    }

    @Test
    void aViolationThatIsSwallowedInASavepointIsStillOne() {
        var outcome = race().holdAt(beforeInsertOn("evidence"))
                .racer("ada", armed("INSERT INTO evidence VALUES (1)"))
                .racer("ben", () -> Playground.transaction(connection -> {
                    var savepoint = connection.setSavepoint();
                    try {
                        return Playground.execute(connection, "INSERT INTO evidence VALUES (1)");
                    } catch (SQLException e) {
                        connection.rollback(savepoint);
                        return "swallowed";
                    }
                }))
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).everyRacerSucceeded()
                .on("evidence").attempted(2).refused(1).uniqueViolations(1).rows(1);
    }

    @Test
    void whatIsRolledBackIsWrittenButIsNoRow() {
        var outcome = race().holdAt(beforeInsertOn("evidence"))
                .racer("ada", armed("SAVEPOINT s", "INSERT INTO evidence VALUES (1)", "ROLLBACK TO s"))
                .racer("ben", armed("INSERT INTO evidence VALUES (2)"))
                .run();
        assertThat(outcome).on("evidence").attempted(2).refused(0).rows(1);
    }

    @Test
    void triggersOfTheApplicationThatWriteOtherRows() {
        sql("""
                CREATE FUNCTION evidence_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    INSERT INTO evidence_trail VALUES (NEW.id), (NEW.id);
                    INSERT INTO evidence VALUES (NEW.id + 100);
                    RETURN NULL;
                END $$""",
                "CREATE TRIGGER audit AFTER INSERT ON evidence FOR EACH ROW WHEN (NEW.id < 100)"
                        + " EXECUTE FUNCTION evidence_audit()");
        try {
            var outcome = twice(beforeInsertOn("evidence"), "INSERT INTO evidence VALUES (1)")
                    .watch("evidence_trail")
                    .run();
            assertThat(outcome).hasVerdict(Verdict.FORCED)
                    .on("evidence").attempted(3).refused(1).uniqueViolations(1).rows(2)
                    .on("evidence_trail").attempted(2).rows(2);
        } finally {
            sql("DROP TRIGGER audit ON evidence", "DROP FUNCTION evidence_audit()");
        }
    }

    @Test
    void aDeadlockIsCounted() {
        sql("INSERT INTO evidence VALUES (1), (2)");
        var impatient = withOptions("-c race.armed=on -c deadlock_timeout=10ms");
        var outcome = race().holdAt(beforeUpdateOn("evidence"))
                .racer("ada", in(impatient, "UPDATE evidence SET n = 1 WHERE id = 1", "UPDATE evidence SET n = 1 WHERE id = 2"))
                .racer("ben", in(impatient, "UPDATE evidence SET n = 2 WHERE id = 2", "UPDATE evidence SET n = 2 WHERE id = 1"))
                .release(Schedule.steps("ada:evidence ben:evidence ada:evidence ben:evidence"))
                .run();
        assertThat(outcome.evidence().deadlocks()).isEqualTo(1);
        assertThat(outcome.racers().stream().filter(racer -> !racer.succeeded()))
                .singleElement()
                .satisfies(racer -> assertThat(sqlState(racer)).isEqualTo("40P01"));
    }

    @Test
    void committedBackendsAreThoseOfTheWinners() {
        var outcome = twice(beforeInsertOn("evidence"), "INSERT INTO evidence VALUES (1)").release(Schedule.inOrder()).run();
        assertThat(outcome.evidence().committed())
                .containsExactly(outcome.racer("ada").backend().orElseThrow());
    }

    @Test
    void aDeferredConstraintIsViolatedAtTheCommit() {
        sql("CREATE TABLE evidence_late (id int CONSTRAINT evidence_late_id UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        var outcome = twice(beforeInsertOn("evidence_late"), "INSERT INTO evidence_late VALUES (1)").run();
        assertThat(outcome).on("evidence_late").attempted(2).refused(0).uniqueViolationsOf("evidence_late_id", 1).rows(1);
    }

    @Test
    void aPartitionedTableThatARacerHasForItselfIsNotWaitedFor() {
        sql("CREATE TABLE evidence_locked (id int) PARTITION BY LIST (id)",
                "CREATE TABLE evidence_locked_one PARTITION OF evidence_locked FOR VALUES IN (1)");
        var longerThanTheHarnessWaitsForALock = "SELECT pg_sleep(0.3)";
        var outcome = race().holdAt(beforeInsertOn("evidence"))
                .watch("evidence_locked")
                .racer("ada", armed(
                        "LOCK TABLE evidence_locked IN ACCESS EXCLUSIVE MODE",
                        "INSERT INTO evidence VALUES (1)",
                        longerThanTheHarnessWaitsForALock))
                .racer("ben", armed("INSERT INTO evidence VALUES (2)"))
                .run();
        assertThat(outcome).everyRacerSucceeded().on("evidence").attempted(2).rows(2);
    }

    @Test
    void rotationOfTheLogDuringTheRaceLosesNothing() {
        var outcome = race().holdAt(beforeInsertOn("evidence"))
                .racer("ada", armed("INSERT INTO evidence VALUES (1)"))
                .racer("ben", () -> {
                    assertThatThrownBy(() -> armed("INSERT INTO evidence_trail VALUES (1 / 0)").call())
                            .isInstanceOf(SQLException.class);
                    sql("SELECT pg_rotate_logfile()");
                    return armed("INSERT INTO evidence VALUES (1)").call();
                })
                .run();
        assertThat(outcome).on("evidence").attempted(2).uniqueViolations(1).rows(1);
        assertThat(outcome.evidence().errors().orElseThrow())
                .extracting(SqlError::sqlState)
                .containsExactlyInAnyOrder("22012", "23505");
    }

    @Test
    void aTableThatWasNotWatchedHasNoEvidence() {
        var outcome = twice(beforeInsertOn("evidence"), "INSERT INTO evidence VALUES (1)").run();
        assertThatThrownBy(() -> outcome.evidence().on("evidence_trail"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only on [evidence]")
                .hasMessageContaining(".watch(\"evidence_trail\")");
    }
}
