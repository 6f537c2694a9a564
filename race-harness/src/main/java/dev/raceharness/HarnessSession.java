package dev.raceharness;

import static java.util.Map.entry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * A connection of the harness, in autocommit. It never waits for a lock: a harness that waits for a racer would
 * take part in the racers' deadlocks. Not thread-safe.
 */
final class HarnessSession implements AutoCloseable {

    @FunctionalInterface
    interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final int SECONDS_TO_ANSWER = 2;

    /** Those that the server does not know, because it is older, are left out. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            entry("application_name", "race-harness"),
            entry("statement_timeout", "0"),
            entry("jit", "off"),
            entry("plan_cache_mode", "force_generic_plan"), // the same few statements in every race
            entry("lock_timeout", "100ms"),
            entry("idle_session_timeout", "0"),
            entry("idle_in_transaction_session_timeout", "0"),
            entry("transaction_timeout", "0"), // PostgreSQL 17 and later
            entry("client_min_messages", "warning"),
            entry("default_transaction_isolation", "read committed"),
            entry(Arming.FLAG, "off"));

    private final Connection connection;
    private final boolean autoCommitBefore;
    /** What a pool, or whoever else keeps the connection, finds again when the harness is done with it. */
    private final Map<String, String> settingsBefore = new HashMap<>();
    private final int backend;
    private @Nullable Batch later;

    private HarnessSession(Connection connection, Map<String, String> moreSettings) throws SQLException {
        this.connection = connection;
        this.autoCommitBefore = connection.getAutoCommit();
        connection.setAutoCommit(true);
        var settings = new HashMap<>(SETTINGS);
        settings.putAll(moreSettings);
        var batch = batch();
        batch.ask(
                "SELECT name, coalesce(current_setting(name, true), '') FROM unnest(?) AS name",
                row -> settingsBefore.put(row.getString(1), row.getString(2)),
                (Object) settings.keySet().toArray(String[]::new));
        set(settings, batch);
        var pid = batch.ask("SELECT pg_backend_pid()", row -> row.getInt(1));
        batch.send();
        this.backend = pid.rows().get(0);
    }

    private static void set(Map<String, String> settings, Batch batch) {
        batch.ask(
                "SELECT set_config(name, value, false) FROM unnest(?, ?) AS s (name, value)"
                        + " WHERE current_setting(name, true) IS NOT NULL OR name LIKE '%.%'",
                row -> "",
                settings.keySet().toArray(String[]::new),
                settings.values().toArray(String[]::new));
    }

    static HarnessSession open(DataSource dataSource) {
        return open(dataSource, Map.of());
    }

    /** @param moreSettings of the server, as long as this is open */
    static HarnessSession open(DataSource dataSource, Map<String, String> moreSettings) {
        try {
            var connection = dataSource.getConnection();
            try {
                return new HarnessSession(connection, moreSettings);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new RaceSetupException(
                    "The harness cannot connect to the database: " + e.getMessage()
                            + ". It needs a connection of its own, straight to the server (not through a pooler).",
                    e);
        }
    }

    /**
     * Does it again while somebody has a lock in its way, for which the session does not wait.
     *
     * @throws SQLException of the last attempt; at once if it is about something else
     */
    static void whileLocked(Duration atMost, Work work) throws SQLException {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            try {
                work.run();
                return;
            } catch (SQLException e) {
                if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    /** Process id of the backend of this session. */
    int backend() {
        return backend;
    }

    <T> List<T> query(String sql, RowMapper<T> mapper, Object... parameters) {
        var batch = batch();
        var answer = batch.ask(sql, mapper, parameters);
        batch.send();
        return answer.rows();
    }

    /** Begins with what was put off until now. */
    Batch batch() {
        var batch = withNext();
        later = null;
        return batch;
    }

    /** Is sent with whatever the server is asked next, before it: for what need not be known at once. */
    Batch withNext() {
        var batch = later == null ? new Batch(this) : later;
        later = batch;
        return batch;
    }

    /** For {@link Batch}: one answer for each statement, in order. */
    void send(String statements, Object[] parameters, List<Batch.Answer<?>> answers) {
        try (var statement = prepare(statements, parameters)) {
            statement.execute();
            for (var answer : answers) {
                try (var rows = statement.getResultSet()) {
                    answer.read(rows);
                }
                statement.getMoreResults();
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    void sendWhatWasPutOff() {
        if (later != null) {
            batch().send();
        }
    }

    <T> T queryOne(String sql, RowMapper<T> mapper, Object... parameters) {
        return query(sql, mapper, parameters).get(0);
    }

    void execute(String sql) {
        try {
            tryToExecute(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** As {@link #execute}, for who knows what a failure means. */
    void tryToExecute(String sql) throws SQLException {
        sendWhatWasPutOff();
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a script of this package in a transaction, with these settings visible to it under {@code race.}. */
    void script(String name, Map<String, ?> settings) throws SQLException {
        sendWhatWasPutOff();
        connection.setAutoCommit(false);
        try {
            query(
                    "SELECT set_config('race.' || name, value, true) FROM unnest(?, ?) AS s (name, value)",
                    row -> "",
                    settings.keySet().toArray(String[]::new),
                    settings.values().stream().map(String::valueOf).toArray(String[]::new));
            try (var statement = connection.createStatement()) {
                statement.execute(read(name));
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Begins a transaction with this statement and leaves it open. */
    void begin(String sql) throws SQLException {
        sendWhatWasPutOff();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            rollback();
            throw e;
        }
    }

    /** Ends a transaction that is open; does nothing otherwise. */
    void rollback() {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private static String read(String script) {
        try (var in = HarnessSession.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IllegalStateException(script + " is missing from the jar of the harness.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        if (statement.isWrapperFor(PGStatement.class)) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(1);
        }
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof Integer[] numbers) {
                statement.setArray(i + 1, connection.createArrayOf("int4", numbers));
            } else if (parameters[i] instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
        return statement;
    }

    static RaceSetupException failed(SQLException e) {
        return new RaceSetupException(
                "The harness's own statement failed: " + e.getMessage() + " (SQLSTATE " + e.getSQLState() + ").", e);
    }

    /** Whether the server still answers. */
    boolean isAlive() {
        try {
            return connection.isValid(SECONDS_TO_ANSWER);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Lets go of everything that the session holds, also if a pool keeps the connection open. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                rollback();
                var batch = batch();
                batch.ask("SELECT pg_advisory_unlock_all()", row -> "");
                set(settingsBefore, batch);
                batch.send();
                connection.setAutoCommit(autoCommitBefore);
            }
        } catch (SQLException | RaceSetupException e) {
            // The server has lost the session, and its locks with it: nothing is left to let go of.
        }
    }
}
