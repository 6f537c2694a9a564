package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The application behind PgBouncer in transaction pooling, the harness straight at the server. Run by .ci/pgbouncer. */
@Tag("pgbouncer")
class PgBouncerTests {

    private static final String ROLE = "behind_bouncer";
    private static final int SESSIONS = 8;

    private static PgBouncer bouncer;

    @BeforeAll
    static void start() throws IOException {
        Playground.sql(
                "CREATE ROLE " + ROLE + " LOGIN",
                "CREATE TABLE bounced (name text PRIMARY KEY)",
                "GRANT INSERT, SELECT ON bounced TO " + ROLE);
        bouncer = PgBouncer.before(ROLE, SESSIONS);
    }

    @AfterAll
    static void stop() throws IOException {
        bouncer.close();
        Playground.sql("DROP TABLE bounced", "DROP ROLE " + ROLE);
    }

    static List<Arguments> races() {
        return List.of(
                Arguments.of(2, Arming.everySession()),
                Arguments.of(8, Arming.everySession()),
                Arguments.of(2, Arming.byRole(ROLE)),
                Arguments.of(8, Arming.byRole(ROLE)));
    }

    @ParameterizedTest
    @MethodSource("races")
    void racersBehindItAreForcedAndItsSessionsKeepNoTrace(int racers, Arming arming) throws SQLException {
        var fresh = settingsOfAFreshSession();
        var name = racers + " by " + arming.description();

        var outcome = race(racers, name, arming).run();

        assertThat(outcome)
                .hasVerdict(Verdict.FORCED)
                .on("bounced")
                .attempted(racers)
                .uniqueViolations(racers - 1)
                .rows(1);
        assertThat(pooledSessions()).as("sessions that pgbouncer keeps").hasSizeGreaterThanOrEqualTo(racers);
        assertThat(locksOfPooledSessions()).isEmpty();
        assertThat(settingsOfPooledSessions(racers)).allSatisfy(settings -> assertThat(settings).isEqualTo(fresh));
        System.out.println(outcome.toString().lines().skip(1).findFirst().orElseThrow().strip());
    }

    private static Race race(int racers, String name, Arming arming) {
        var race = Race.on(Playground.owner()).holdAt(beforeInsertOn("bounced")).armedBy(arming);
        for (int i = 1; i <= racers; i++) {
            race = race.racer("racer-" + i, () -> insert(name));
        }
        return race;
    }

    private static String insert(String name) throws SQLException {
        try (var connection = bouncer.dataSource().getConnection();
                var insert = connection.prepareStatement("INSERT INTO bounced VALUES (?)")) {
            connection.setAutoCommit(false);
            insert.setString(1, name);
            try {
                insert.executeUpdate();
                connection.commit();
                return name;
            } catch (SQLException e) {
                connection.rollback(); // pgbouncer ends sessions whose client leaves a transaction open
                throw e;
            }
        }
    }

    private static List<String> pooledSessions() {
        return Catalog.strings(Playground.owner(), "SELECT pid FROM pg_stat_activity WHERE usename = '" + ROLE + "'");
    }

    private static List<String> locksOfPooledSessions() {
        return Catalog.strings(
                Playground.owner(),
                "SELECT l::text FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE a.usename = '" + ROLE + "'");
    }

    private static Map<String, String> settingsOfAFreshSession() throws SQLException {
        try (var connection = direct().getConnection()) {
            connection.setAutoCommit(false);
            return settings(connection);
        }
    }

    private static DataSource direct() {
        var dataSource = Databases.named(Playground.database().name());
        dataSource.setUser(ROLE);
        return dataSource;
    }

    /** Transactions that are open at the same time have a server's session each, so these are different ones. */
    private static List<Map<String, String>> settingsOfPooledSessions(int sessions) throws SQLException {
        var connections = new ArrayList<Connection>();
        var backends = new HashSet<Integer>();
        var found = new ArrayList<Map<String, String>>();
        try {
            for (int i = 0; i < sessions; i++) {
                var connection = bouncer.dataSource().getConnection();
                connections.add(connection);
                connection.setAutoCommit(false);
                found.add(settings(connection));
                backends.add(backend(connection));
            }
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
        assertThat(backends).as("different sessions").hasSize(sessions);
        return found;
    }

    private static int backend(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Map<String, String> settings(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        """
                        SELECT name, setting FROM pg_settings WHERE name NOT LIKE 'plpgsql.%'
                        UNION ALL SELECT name, coalesce(current_setting(name, true), '')
                        FROM unnest(ARRAY['race.armed', 'race.held']) AS name
                        """)) {
            var settings = new TreeMap<String, String>();
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
            return settings;
        }
    }
}
