package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.raceharness.Playground;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** What real applications do with PostgreSQL does not mislead {@code check}. */
class KindsOfApplicationsTests {

    private static final String ROLE = "race_application_" + ProcessHandle.current().pid();

    private static Application application;

    @BeforeAll
    static void start() throws Exception {
        // It owns no table.
        application = new Application(Playground.withRole(ROLE, ""));
        Playground.sql(
                "CREATE TABLE app.numbered (id bigserial PRIMARY KEY, name text)",
                "CREATE TABLE app.on_call (name text)",
                "CREATE TABLE app.on_leave (name text)",
                "GRANT USAGE, CREATE ON SCHEMA app TO " + ROLE,
                "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA app TO " + ROLE,
                "GRANT USAGE ON ALL SEQUENCES IN SCHEMA app TO " + ROLE);
    }

    @AfterAll
    static void stop() {
        Playground.sql("DROP OWNED BY " + ROLE);
        application.close();
        Playground.sql("DROP ROLE " + ROLE);
    }

    private static CommandRun check(String path, String other, String... options) {
        var arguments = new ArrayList<>(List.of(
                "--racer", application.curl(path, "{run}"), "--racer", application.curl(other, "{run}")));
        arguments.addAll(List.of(options));
        return CommandRun.run("check", arguments.toArray(String[]::new));
    }

    private static String answer(Connection transaction, String sql, String parameter) throws SQLException {
        try (var statement = transaction.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    @Test
    void serializableTransactionsThatAreTriedAgain() {
        application.serve("/serializable", (transaction, name) -> {
            transaction.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            while (true) {
                try {
                    var answer = Application.createUnlessThere(transaction, name);
                    transaction.commit();
                    return answer;
                } catch (SQLException e) {
                    transaction.rollback();
                    if (!"40001".equals(e.getSQLState())) {
                        throw e;
                    }
                }
            }
        });

        var race = check("serializable", "serializable", "--max-interleavings", "12");

        assertThat(race.out()).startsWith("NO ANOMALY").contains("app.plain 1 row");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
    }

    @Test
    void newIdentifiersThatAreReadByLastval() {
        application.serve("/lastval", (transaction, name) -> {
            var id = answer(transaction, "INSERT INTO app.numbered (name) VALUES (?) RETURNING id", name);
            return "200 " + answer(transaction, "SELECT lastval() = ?::bigint", id);
        });

        var race = check("lastval", "lastval", "--max-interleavings", "8");

        assertThat(race.out()).startsWith("NO ANOMALY").contains("1 exit 0: t 200", "2 exit 0: t 200").doesNotContain(": f ");
    }

    /** As an object-relational mapper does that looks for one kind of object and stores another. */
    @Test
    void aCheckInOneTableAndAWriteInAnother() {
        serveEitherOr("/on-call", "on_leave", "on_call");
        serveEitherOr("/on-leave", "on_call", "on_leave");

        var race = check("on-call", "on-leave");

        assertThat(race.out()).startsWith("ANOMALY").contains("app.on_call 1 row", "app.on_leave 1 row");
        assertThat(race.status()).isEqualTo(ExitStatus.ANOMALY);
    }

    private static void serveEitherOr(String path, String looked, String written) {
        application.serve(path, (transaction, name) -> {
            if (!answer(transaction, "SELECT count(*) FROM app." + looked + " WHERE name = ?", name).equals("0")) {
                return "409 no";
            }
            Application.update(transaction, "INSERT INTO app." + written + " VALUES (?)", name);
            return "200 yes";
        });
    }

    @Test
    void tablesThatAreCreatedOnDemand() {
        var race = check("ddl", "ddl", "--gate", "ddl");

        // Both see no such table, and one is told 23505, on the index of the type of that name.
        assertThat(race.out()).startsWith("ANOMALY").contains("held after ddl", "exit 0: 23505 500");
        assertThat(race.status()).isEqualTo(ExitStatus.ANOMALY);
    }

    @Test
    void statementsThatWerePreparedBeforeTheHarnessCame() throws Exception {
        application.serve("/prepared", (transaction, name) -> {
            transaction.unwrap(PGConnection.class).setPrepareThreshold(1);
            return Application.createUnlessThere(transaction, name);
        });
        for (int i = 0; i < 8; i++) {
            new ProcessBuilder("sh", "-c", application.curl("prepared", "warm-" + i)).start().waitFor();
        }

        var race = check("prepared", "prepared", "--max-interleavings", "8");

        assertThat(race.out()).startsWith("ANOMALY: 8 of 8").contains("app.plain 2 rows");
    }

    @Test
    void aPoolThatIsSmallerThanTheNumberOfRacers() {
        try (var narrow = new HikariDataSource()) {
            narrow.setDataSource(Playground.owner());
            narrow.setMaximumPoolSize(1);
            application.serve("/narrow", (unused, name) -> {
                try (var connection = narrow.getConnection()) {
                    connection.setAutoCommit(false);
                    var answer = Application.createUnlessThere(connection, name);
                    connection.commit();
                    return answer;
                }
            });

            var race = check("narrow", "narrow", "--arrive", "1");

            assertThat(race.out()).startsWith("NOT REACHED").contains("pool is smaller than the number of racers");
            assertThat(race.status()).isEqualTo(ExitStatus.NOT_RACED);
        }
    }

    @Test
    void jobsInTheBackgroundThatWriteTheSameTable() throws Exception {
        try (var job = new Job()) {
            var race = check("broken", "broken", "--sessions", ROLE);

            assertThat(race.out())
                    .startsWith("ANOMALY: 20 of 20")
                    .contains("app.plain 2 rows: (<run>) (<run>)")
                    .doesNotContain("let through");
            assertThat(race.status()).isEqualTo(ExitStatus.ANOMALY);
        }
    }

    /** What disturbs so much may show anything, but it does not show that all is well. */
    @Test
    void jobsThatAreHeldTooAreMentioned() throws Exception {
        try (var job = new Job()) {
            var race = check("broken", "broken", "--gate", "write on app.plain");

            assertThat(race.status()).as(race.out() + race.err()).isIn(ExitStatus.ANOMALY, ExitStatus.NOT_RACED);
            assertThat(race.out()).contains("for instance background jobs", "--sessions");
        }
    }

    /** Writes one row after the other. */
    private static final class Job implements AutoCloseable {
        private volatile boolean over;
        private final Thread thread = new Thread(() -> {
            while (!over) {
                Playground.sql("INSERT INTO app.plain VALUES ('by a job')");
            }
        });

        Job() {
            thread.start();
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
        }
    }
}
