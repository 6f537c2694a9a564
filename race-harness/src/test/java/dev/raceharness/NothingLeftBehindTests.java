package dev.raceharness;

import static dev.raceharness.Gate.afterDdl;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.tableLock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class NothingLeftBehindTests {

    private List<String> before;
    private List<String> locksBefore;

    @BeforeEach
    void table() {
        Tenants.create();
        before = Catalog.of(Playground.owner());
        locksBefore = Catalog.advisoryLocks(Playground.owner());
    }

    private static HikariDataSource poolOfOne() {
        var configuration = new HikariConfig();
        configuration.setJdbcUrl(Playground.database().jdbcUrl());
        configuration.setUsername(Playground.database().username());
        configuration.setPassword(Playground.database().password());
        configuration.setMaximumPoolSize(1);
        configuration.setConnectionInitSql("SET statement_timeout = '17s'; SET lock_timeout = '3s'; SET search_path = public");
        return new HikariDataSource(configuration);
    }

    /** Everything about a session that its next user could notice. */
    private static TreeMap<String, String> session(HikariDataSource pool) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name, setting FROM pg_settings WHERE name NOT LIKE 'plpgsql.%'")) {
            var session = new TreeMap<String, String>();
            while (rows.next()) {
                session.put(rows.getString(1), rows.getString(2));
            }
            session.put("autocommit", String.valueOf(connection.getAutoCommit()));
            session.put(
                    "prepare threshold",
                    String.valueOf(connection.unwrap(PGConnection.class).getPrepareThreshold()));
            session.put("backend", String.valueOf(connection.unwrap(PGConnection.class).getBackendPID()));
            return session;
        }
    }

    @Test
    void afterRacesOfEveryKindTheCatalogueIsAsItWas() {
        try (var harness = RaceHarness.open(Playground.owner())) {
            Tenants.raceFor("acme", harness.race(), Playground.owner()).run();
            harness.race()
                    .holdAt(tableLock("tenant"))
                    .racer("ada", () -> Tenants.insert("lock a", Playground.owner()))
                    .racer("ben", () -> Tenants.insert("lock b", Playground.owner()))
                    .run();
            harness.race()
                    .holdAt(beforeCommitAfter("tenant"), afterDdl())
                    .armedBy(Arming.everySession())
                    .racer("ada", () -> Tenants.insert("commit a", Playground.owner()))
                    .racer("ben", () -> Tenants.insert("commit b", Playground.owner()))
                    .run();

            assertThat(Catalog.of(Playground.owner())).as("the harness is installed").isNotEqualTo(before);
        }

        assertThat(Catalog.of(Playground.owner())).isEqualTo(before);
        assertThat(Catalog.advisoryLocks(Playground.owner())).isEqualTo(locksBefore);
    }

    @Test
    void afterARaceThatWasNotForcedTheCatalogueIsAsItWas() {
        assertThatThrownBy(() -> Race.on(Playground.owner())
                        .holdAt(Gate.beforeInsertOn("tenant"))
                        .racer("ada", () -> "idle")
                        .racer("ben", () -> "idle")
                        .run())
                .isInstanceOf(RaceNotForcedException.class);

        assertThat(Catalog.of(Playground.owner())).isEqualTo(before);
        assertThat(Catalog.advisoryLocks(Playground.owner())).isEqualTo(locksBefore);
    }

    @Test
    void aPoolGetsTheConnectionOfTheHarnessBackAsItWas() throws SQLException {
        try (var pool = poolOfOne()) {
            var session = session(pool);

            try (var harness = RaceHarness.open(pool)) {
                Tenants.raceFor("acme", harness.race(), Playground.owner()).run();
            }

            assertThat(session(pool)).isEqualTo(session);
            assertThat(Catalog.advisoryLocks(pool)).isEqualTo(locksBefore);
        }
        assertThat(Catalog.of(Playground.owner())).isEqualTo(before);
    }

    @Test
    void aPoolOfTheApplicationKeepsNoTraceOfTheRace() throws SQLException {
        try (var ada = poolOfOne();
                var ben = poolOfOne();
                var harness = RaceHarness.open(Playground.owner())) {
            var adasSession = session(ada);
            var bensSession = session(ben);

            harness.race()
                    .holdAt(Gate.beforeInsertOn("tenant"))
                    .armedBy(Arming.everySession())
                    .racer("ada", () -> insertAndCommit(ada))
                    .racer("ben", () -> insertAndCommit(ben))
                    .run();

            assertThat(session(ada)).isEqualTo(adasSession);
            assertThat(session(ben)).isEqualTo(bensSession);
            assertThat(locksOf(adasSession.get("backend"), bensSession.get("backend"))).isEmpty();
        }
    }

    private static String insertAndCommit(HikariDataSource pool) throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO tenant VALUES ('acme')");
            connection.commit();
            return "acme";
        }
    }

    private static List<String> locksOf(String... backends) {
        return Catalog.strings(
                Playground.owner(),
                "SELECT locktype || ' ' || mode FROM pg_locks WHERE pid IN (" + String.join(", ", backends) + ")");
    }

    @Test
    void aBusyTableDelaysTheRemovalForAWhileAndThenIsNamed() throws SQLException {
        try (var busy = Playground.owner().getConnection();
                var statement = busy.createStatement()) {
            var harness = RaceHarness.open(Playground.owner());
            Tenants.raceFor("acme", harness.race(), Playground.owner()).run();
            busy.setAutoCommit(false);
            statement.execute("INSERT INTO tenant VALUES ('busy')");

            assertThatThrownBy(harness::close)
                    .isInstanceOf(RaceSetupException.class)
                    .hasMessageContaining("cannot remove its schema race_")
                    .hasMessageContaining("stays behind, inert, until the next harness removes it")
                    .hasMessageContaining("For 5 s an open transaction has been in the way")
                    .hasMessageContaining("tenant: pid " + busy.unwrap(PGConnection.class).getBackendPID()
                            + " (idle in transaction) INSERT INTO tenant VALUES ('busy')");
            busy.rollback();
        }
        assertThat(Catalog.advisoryLocks(Playground.owner())).isEqualTo(locksBefore);

        Tenants.raceFor("beta", Race.on(Playground.owner()), Playground.owner()).run();

        assertThat(Catalog.of(Playground.owner())).isEqualTo(before);
    }

    @Test
    void aHarnessWhoseSessionTheServerEndedClosesWithoutAWordAndTheNextOneTidiesUp() {
        var harness = harnessWhoseSessionTheServerEnded();

        harness.close();
        Tenants.raceFor("beta", Race.on(Playground.owner()), Playground.owner()).run();

        assertThat(Catalog.of(Playground.owner())).isEqualTo(before);
    }

    @Test
    void aHarnessWhoseSessionTheServerEndedRacesOnInANewOne() {
        try (var harness = harnessWhoseSessionTheServerEnded()) {
            assertThat(Tenants.raceFor("beta", harness.race(), Playground.owner()).run())
                    .matches(Tenants::isForcedAndExact);
        }

        assertThat(Catalog.of(Playground.owner())).isEqualTo(before);
    }

    /** It has raced once, so it is installed. */
    private static RaceHarness harnessWhoseSessionTheServerEnded() {
        var others = sessionsOfHarnesses();
        var harness = RaceHarness.open(Playground.owner());
        Tenants.raceFor("acme", harness.race(), Playground.owner()).run();
        var ours = sessionsOfHarnesses();
        ours.removeAll(others);
        ours.forEach(pid -> Playground.sql("SELECT pg_terminate_backend(" + pid + ", 5000)"));
        return harness;
    }

    private static List<String> sessionsOfHarnesses() {
        return Catalog.strings(
                Playground.owner(), "SELECT pid FROM pg_stat_activity WHERE application_name = 'race-harness'");
    }
}
