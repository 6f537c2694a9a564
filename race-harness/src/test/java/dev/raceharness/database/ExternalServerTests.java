package dev.raceharness.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A server that somebody else runs, for which any will do: RACE_DB_URL names one that was just started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExternalServerTests {
    private ByteArrayOutputStream report;
    private String role;
    private TestDatabase somebodyElses;
    private Connection connection;

    @BeforeAll
    void start() throws SQLException {
        somebodyElses = TestDatabase.start(System.getenv(), new PrintStream(new ByteArrayOutputStream()));
        connection = somebodyElses.dataSource().getConnection();
    }

    @BeforeEach
    void createRole() throws SQLException {
        report = new ByteArrayOutputStream();
        role = "race_role_" + RandomName.token();
        Sql.execute(connection, "CREATE ROLE %I LOGIN PASSWORD 'secret'", role);
    }

    @AfterEach
    void dropRole() throws SQLException {
        Sql.execute(connection, "DROP OWNED BY %I", role);
        Sql.execute(connection, "DROP ROLE %I", role);
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
        somebodyElses.close();
    }

    @Test
    void getsADatabaseWhichIsDroppedEvenWhileInUse() throws SQLException {
        var database = start(somebodyElses.username(), somebodyElses.password());
        assertThat(databases()).contains(database.name());

        try (var user = database.dataSource().getConnection()) {
            assertThat(user.isValid(5)).isTrue();
            database.close();
        }
        assertThat(databases()).doesNotContain(database.name());
    }

    @Test
    void refusesARoleThatMayMakeNoDatabase() throws SQLException {
        assertThatThrownBy(() -> start(role, "secret"))
                .isInstanceOf(NoDatabaseException.class)
                .hasMessageContainingAll(
                        "\"" + role + "\" may not make a database", "it needs CREATEDB", "Nothing was changed");
        assertThat(databasesOfTheRole()).isEmpty();
    }

    @Test
    void refusesARoleThatMayNotDeclareADatabaseToBeForTesting() throws SQLException {
        Sql.execute(connection, "ALTER ROLE %I CREATEDB", role);

        assertThatThrownBy(() -> start(role, "secret"))
                .isInstanceOf(NoDatabaseException.class)
                .hasMessageContaining("GRANT SET ON PARAMETER race.test_database TO \"" + role + "\"");
        assertThat(databasesOfTheRole()).isEmpty();
    }

    @Test
    void namesWhatAServerLacksAndWhatThatCosts() throws SQLException {
        Sql.execute(connection, "ALTER ROLE %I CREATEDB", role);
        Sql.execute(connection, "GRANT SET ON PARAMETER race.test_database TO %I", role);

        try (var database = start(role, "secret")) {
            assertThat(database.username()).isEqualTo(role);
        }
        assertThat(report.toString())
                .contains("because RACE_DB_URL is set")
                .contains("lacks some of what the evidence needs")
                .contains(
                        "there is no JSON log that this role can read: unique violations by constraint will be unknown")
                .contains("pg_stat_statements does not answer: statements will not be counted");
    }

    @Test
    void saysWhichServerDoesNotAnswer() {
        var nobody = Map.of(Choice.URL, "jdbc:postgresql://localhost:%d/test".formatted(FreePort.find()));

        assertThatThrownBy(() -> TestDatabase.start(nobody, new PrintStream(report)))
                .isInstanceOf(NoDatabaseException.class)
                .hasMessageContainingAll("No database could be made", "because RACE_DB_URL is set")
                .hasMessageContaining(nobody.get(Choice.URL) + ", chosen"); // and none of the driver's parameters
    }

    private TestDatabase start(String user, String password) {
        var environment = Map.of(Choice.URL, somebodyElses.jdbcUrl(), Choice.USER, user, Choice.PASSWORD, password);
        return TestDatabase.start(environment, new PrintStream(report));
    }

    private List<String> databases() throws SQLException {
        return Sql.strings(connection, "SELECT datname FROM pg_database");
    }

    /** Not all: other builds make and drop theirs. */
    private List<String> databasesOfTheRole() throws SQLException {
        return Sql.strings(
                connection,
                "SELECT datname FROM pg_database JOIN pg_roles owner ON owner.oid = datdba WHERE rolname = ?",
                role);
    }
}
