package dev.raceharness.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** On whatever server the environment offers, as every other test of the build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestDatabaseTests {
    private final ByteArrayOutputStream report = new ByteArrayOutputStream();
    private TestDatabase database;

    @BeforeAll
    void start() {
        database = TestDatabase.start(System.getenv(), new PrintStream(report));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void saysInOneLineWhichServerItIsAndWhy() {
        assertThat(report.toString())
                .startsWith(
                        "race-harness: %s, database %s, because ".formatted(database.description(), database.name()))
                .hasLineCount(1);
        assertThat(database.description()).matches("PostgreSQL \\d+\\.\\d+, .+");
    }

    @Test
    void hasEverythingThatTheEvidenceNeeds() {
        assertThat(Requirement.unmet(database.dataSource())).isEmpty();
    }

    @Test
    void declaresItselfToBeForTesting() throws SQLException {
        assertThat(ask(database.dataSource(), "SELECT current_database() = current_setting('race.test_database')"))
                .isEqualTo("t");
    }

    @Test
    void isThePropertyOfTheNamedUser() throws SQLException {
        assertThat(ask(database.dataSource(), "SELECT current_user")).isEqualTo(database.username());
        assertThat(database.jdbcUrl()).contains("/" + database.name()).doesNotContain("password", "user=");
    }

    @Test
    void writesARefusedStatementToTheJsonLog() throws SQLException {
        assertThatThrownBy(() -> ask(database.dataSource(), "SELECT 1 / 0 AS refused"))
                .hasMessageContaining("zero");

        assertThat(logWith("22012"))
                .contains("\"state_code\":\"22012\"", "\"statement\":\"SELECT 1 / 0 AS refused\"");
    }

    /** The server's collector writes a line a moment after the client has its error. */
    private String logWith(String text) throws SQLException {
        var giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        String log;
        do {
            log = ask(database.dataSource(), "SELECT pg_read_file(pg_current_logfile('jsonlog'))");
        } while (!log.contains(text) && System.nanoTime() < giveUpAt);
        return log;
    }

    @Test
    void closesOnceHoweverOftenAndByWhomever() {
        var second = TestDatabase.start(System.getenv(), new PrintStream(new ByteArrayOutputStream()));
        assertThat(second.name()).isNotEqualTo(database.name());
        var closing =
                Stream.generate(() -> CompletableFuture.runAsync(second::close)).limit(4);

        assertThat(CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(20));
        assertThatThrownBy(() -> second.dataSource().getConnection()).isInstanceOf(SQLException.class);
    }

    private static String ask(DataSource dataSource, String query) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            return Sql.strings(connection, query).get(0);
        }
    }
}
