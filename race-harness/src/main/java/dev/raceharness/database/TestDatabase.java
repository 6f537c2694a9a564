package dev.raceharness.database;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A PostgreSQL database that is there to be tampered with: made by {@link #start()}, gone after {@link #close()},
 * declared to be for testing by the setting {@code race.test_database}, and with everything that the evidence needs.
 *
 * <p>The server is the one that the environment names by {@code RACE_DB_URL} (with {@code RACE_DB_USER} and
 * {@code RACE_DB_PASSWORD}); else a container, where a Docker engine answers; else binaries from the class path.
 * {@code RACE_DB=docker} or {@code RACE_DB=embedded} insists on one of the last two. The database is a new one with a
 * random name in each case, so two builds on one server never meet. A build that is killed leaves no embedded server
 * and no container behind for long; on a server named by {@code RACE_DB_URL} its database stays, and can be dropped.
 *
 * <p>Safe for use by several threads.
 */
public final class TestDatabase implements AutoCloseable {
    private final Server server;
    private final OwnDatabase database;
    private final Thread shutdownHook = new Thread(this::end, "race-harness: end of the test database");
    private boolean ended;

    private TestDatabase(Server server, OwnDatabase database) {
        this.server = server;
        this.database = database;
    }

    /**
     * Takes one to three seconds where a server must be started, and says on standard error which one it is and why.
     *
     * @throws IllegalStateException if there is no PostgreSQL to be had, with the reason and the ways out
     */
    public static TestDatabase start() {
        return start(System.getenv(), System.err);
    }

    /**
     * As {@link #start()}, but nothing ends it except {@link #close()}: for whoever closes it after all that uses it,
     * such as the Spring context whose bean it is. The hooks of a JVM that ends run side by side, so a database with a
     * hook of its own may be gone while an application is still finishing what it has begun.
     *
     * @throws IllegalStateException if there is no PostgreSQL to be had, with the reason and the ways out
     */
    public static TestDatabase startUntilClosed() {
        return startUntilClosed(System.getenv(), System.err);
    }

    static TestDatabase start(Map<String, String> environment, PrintStream report) {
        var started = startUntilClosed(environment, report);
        Runtime.getRuntime().addShutdownHook(started.shutdownHook);
        return started;
    }

    static TestDatabase startUntilClosed(Map<String, String> environment, PrintStream report) {
        Leftovers.remove();
        var server = Choice.from(environment).start(environment);
        var started = new TestDatabase(server, createOn(server));
        report.printf(
                "race-harness: %s, database %s, because %s%n", started.description(), started.name(), server.reason());
        started.reportWhatIsLacking(report);
        return started;
    }

    private static OwnDatabase createOn(Server server) {
        try {
            return OwnDatabase.create(server.administrator());
        } catch (SQLException e) {
            server.stop();
            throw new NoDatabaseException(
                    "No database could be made on the server at %s, chosen because %s: %s"
                            .formatted(withoutParameters(server.administrator().getURL()), server.reason(), e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
    }

    /** The driver adds all that it knows, some seventy. */
    private static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "");
    }

    private void reportWhatIsLacking(PrintStream report) {
        var unmet = Requirement.unmet(dataSource());
        if (!unmet.isEmpty()) {
            report.println("race-harness: this server lacks some of what the evidence needs");
            unmet.forEach(report::println);
        }
    }

    public String name() {
        return database.name();
    }

    /** Carries no user and no password. */
    public String jdbcUrl() {
        return database.dataSource().getURL();
    }

    /** An administrator of the database: the owner, and a superuser wherever the server was started here. */
    public String username() {
        return database.dataSource().getUser();
    }

    /** Empty where the server asks for none. */
    public String password() {
        var password = database.dataSource().getPassword();
        return password == null ? "" : password;
    }

    /** Not a pool: every connection is a new one, as {@link #username()}. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /** Version and kind, such as "PostgreSQL 18.6, embedded". */
    public String description() {
        return "PostgreSQL %s, %s".formatted(database.version(), server.kind());
    }

    /** Drops the database, whoever is connected to it, and stops the server if it was started here. Idempotent. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // the JVM is shutting down: whoever comes first ends it
        }
        end();
    }

    private synchronized void end() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            if (server.outlivesUs()) {
                database.drop();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database %s could not be dropped and stays on the server at %s: %s"
                            .formatted(name(), jdbcUrl(), e.getMessage()),
                    e);
        } finally {
            server.stop();
        }
    }
}
