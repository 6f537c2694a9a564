package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.execute;
import static dev.raceharness.Playground.in;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.withRole;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A harness without any right on the server's log: what it cannot know is unknown, never 0. */
class PlainOwnerTests {

    private static RaceHarness harness;
    private static DataSource racer;
    /** Of a role of which the owner is no member. */
    private static DataSource application;

    @BeforeAll
    static void tables() {
        var owner = withRole("plain_owner", "");
        sql("GRANT CREATE ON DATABASE \"" + Playground.database().name() + "\" TO plain_owner",
                "CREATE TABLE plain (id int PRIMARY KEY)",
                "CREATE TABLE plain_late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)",
                "ALTER TABLE plain OWNER TO plain_owner",
                "ALTER TABLE plain_late OWNER TO plain_owner");
        racer = withRole("plain_owner", "-c race.armed=on");
        application = withRole("plain_application", "-c race.armed=on");
        sql("GRANT INSERT ON plain TO plain_application");
        harness = RaceHarness.open(owner);
    }

    @AfterAll
    static void close() {
        harness.close();
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE plain, plain_late");
    }

    private static Outcome twice(Callable<?> action) {
        return harness.race().holdAt(beforeInsertOn("plain")).racer("ada", action).racer("ben", action).run();
    }

    @Test
    void thrownViolationsThatAccountForEveryRefusedAttemptAreAllThereWere() {
        var outcome = twice(in(racer, "INSERT INTO plain VALUES (1)"));
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .on("plain").attempted(2).refused(1).uniqueViolationsOf("plain_pkey", 1).rows(1);
        assertThat(outcome.evidence().errors()).isEmpty();
        assertThat(outcome.evidence().sources()).anyMatch(source -> source.contains("what the racers threw"));
    }

    /** The role may not see how the sessions of others are doing; the lock view, which everybody may see, shows them held. */
    @Test
    void racersOfARoleWhoseSessionsItMayNotSee() {
        var outcome = twice(in(application, "INSERT INTO plain VALUES (1)"));
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .on("plain").attempted(2).refused(1).uniqueViolationsOf("plain_pkey", 1).rows(1);
    }

    /** As the server of a client that has closed its connection, which comes to its end when the client is already gone. */
    @Test
    void aRacerWhoseSessionItMayNotSeeIsGivenTheTimeToEnd() {
        var insert = in(application, "INSERT INTO plain VALUES (1)");
        Callable<Void> insertAndStay = () -> {
            var connection = application.getConnection();
            connection.setAutoCommit(false);
            try {
                execute(connection, "INSERT INTO plain VALUES (1)");
                throw new AssertionError("Nobody was before this one.");
            } finally {
                CompletableFuture.runAsync(() -> closeOnceItsEndIsAskedFor(connection));
            }
        };
        var outcome = harness.race().holdAt(beforeInsertOn("plain"))
                .racer("ada", insert)
                .racer("ben", insertAndStay)
                .release(Schedule.inOrder("ada", "ben"))
                .run();
        assertThat(outcome).on("plain").attempted(2).refused(1).uniqueViolationsOf("plain_pkey", 1).rows(1);
    }

    /** A pool keeps its sessions: that is waited for once. */
    @Test
    void whetherAPooledSessionIsAtRestTheOutcomeSaysThatItCannotTell() {
        try (var pool = Playground.pool(application, 2)) {
            var outcome = twice(in(pool, "INSERT INTO plain VALUES (1)"));
            assertThat(outcome).on("plain").attempted(2).refused(1).rows(1);
            assertThat(outcome.evidence().sources())
                    .anyMatch(source -> source.contains("may not see (pg_read_all_stats may): [backend "));
        }
    }

    private static void closeOnceItsEndIsAskedFor(Connection connection) {
        try (connection) {
            Patience.await(Duration.ofSeconds(10), () -> Playground.value("""
                            SELECT count(*) FROM pg_stat_activity
                            WHERE usename = 'plain_owner' AND query LIKE '%pg_prepared_xact%'""").equals("1"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whereNothingWasRefusedThereWasNoViolation() {
        var outcome = twice(in(racer, "INSERT INTO plain VALUES ((random() * 1e9)::int)"));
        assertThat(outcome).on("plain").attempted(2).refused(0).uniqueViolations(0).rows(2);
    }

    @Test
    void swallowedViolationsAreUnknown() {
        Callable<String> swallowing = () -> {
            try {
                return in(racer, "INSERT INTO plain VALUES (1)").call();
            } catch (SQLException e) {
                return "swallowed";
            }
        };
        var outcome = twice(swallowing);
        assertThat(outcome).on("plain").attempted(2).refused(1).rows(1);
        assertThat(outcome.evidence().on("plain").uniqueViolations()).isEmpty();
        assertThatThrownBy(() -> assertThat(outcome).on("plain").uniqueViolations(0))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("that figure is unknown")
                .hasMessageContaining("may not read the server's log");
    }

    @Test
    void aConstraintThatIsCheckedAtTheCommitLeavesViolationsUnknown() {
        Callable<String> insert = () -> {
            try {
                return in(racer, "INSERT INTO plain_late VALUES (1)").call();
            } catch (SQLException e) {
                return "swallowed";
            }
        };
        var outcome =
                harness.race().holdAt(beforeInsertOn("plain_late")).racer("ada", insert).racer("ben", insert).run();
        assertThat(outcome).everyRacerSucceeded().on("plain_late").attempted(2).refused(0).rows(1);
        assertThat(outcome.evidence().on("plain_late").uniqueViolations()).isEmpty();
    }

    @Test
    void aDdlGateNeedsMoreRights() {
        assertThatThrownBy(() -> harness.race().holdAt(Gate.beforeDdl())
                        .racer("ada", () -> 1)
                        .racer("ben", () -> 1)
                        .run())
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("superuser");
    }

    @Test
    void aTableOfAnotherOwnerIsRefusedWithTheCure() {
        sql("CREATE TABLE plain_foreign (id int)");
        assertThatThrownBy(() -> harness.race().holdAt(beforeInsertOn("plain_foreign"))
                        .racer("ada", () -> 1)
                        .racer("ben", () -> 1)
                        .run())
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("permission denied for table plain_foreign")
                .hasMessageContaining("must own the tables");
    }

    /** To watch every table takes the ownership of all, so this is a database with no others. */
    @Nested
    class ADatabaseOfItsOwn {

        private final String name = Playground.database().name() + "_plain";

        @BeforeEach
        void create() throws Exception {
            sql("CREATE DATABASE " + name + " OWNER plain_owner");
            in(there(""), "CREATE TABLE wish (name text)").call();
        }

        @AfterEach
        void drop() {
            sql("DROP DATABASE " + name + " WITH (FORCE)");
        }

        private DataSource there(String options) {
            var dataSource = withRole("plain_owner", options);
            dataSource.setDatabaseName(name);
            return dataSource;
        }

        private Race race() {
            return Race.on(there("")).inTestDatabase(name);
        }

        private Callable<String> insert(String wish) {
            return in(
                    there("-c race.armed=on"),
                    "INSERT INTO wish SELECT '%1$s' WHERE NOT EXISTS (SELECT FROM wish WHERE name = '%1$s')".formatted(wish));
        }

        @Test
        void anExplorationFindsItsGates() {
            var exploration = race().racer("ada", run -> insert(run.token()).call())
                    .racer("ben", run -> insert(run.token()).call())
                    .explore();

            assertThat(exploration.assertAnomaly().outcome().rows()).containsEntry("wish", 2L);
        }

        @Test
        void whereThereAreNoTablesNobodyWroteAnything() throws Exception {
            in(there(""), "DROP TABLE wish").call();

            assertThatThrownBy(() -> race().racer("ada", run -> "").racer("ben", run -> "").explore())
                    .isInstanceOf(RaceNotForcedException.class)
                    .hasMessageContaining("none wrote anything");
        }

        @Test
        void toPutTablesBackTakesMoreRights() {
            assertThatThrownBy(() -> race().racer("ada", insert("a")).racer("ben", insert("a")).explore())
                    .isInstanceOf(RaceSetupException.class)
                    .hasMessageContaining("Only a superuser can put tables back")
                    .hasMessageContaining("run.token()");

            assertThat(Catalog.strings(
                            Playground.owner(),
                            "SELECT pid::text FROM pg_stat_activity WHERE application_name = 'race-harness' AND datname = '"
                                    + name + "'"))
                    .isEmpty();
        }
    }
}
