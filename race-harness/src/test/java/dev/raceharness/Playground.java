package dev.raceharness;

import com.zaxxer.hikari.HikariDataSource;
import dev.raceharness.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One database and one harness for all tests, started with the first and stopped with the JVM. */
public final class Playground {

    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final RaceHarness HARNESS = RaceHarness.open(DATABASE.dataSource());
    private static final HikariDataSource ARMED = pool(armed(), 110);
    private static final HikariDataSource UNARMED = pool(owner(), 10);
    private static final HikariDataSource LOGGED = pool(withOptions("-c " + Arming.FLAG + "=on -c log_statement=all"), 10);
    /** A test that leaves a lock behind must not make the next one wait for ever. */
    private static final HikariDataSource HASTY = pool(withOptions("-c lock_timeout=3s"), 4);

    private Playground() {}

    public static DataSource owner() {
        return DATABASE.dataSource();
    }

    public static TestDatabase database() {
        return DATABASE;
    }

    /** A pool that is filled as it is needed. */
    static HikariDataSource pool(DataSource dataSource, int size) {
        var pool = new HikariDataSource();
        pool.setDataSource(dataSource);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(0);
        return pool;
    }

    /** Sessions that carry the flag. */
    public static DataSource armed() {
        return withOptions("-c " + Arming.FLAG + "=on");
    }

    /** Sessions with these settings, in the form of the server's command line. */
    static PGSimpleDataSource withOptions(String options) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(DATABASE.jdbcUrl());
        dataSource.setUser(DATABASE.username());
        dataSource.setPassword(DATABASE.password());
        dataSource.setOptions(options);
        return dataSource;
    }

    /** Sessions of another role, which is made if it does not exist. It has no right that PUBLIC has not. */
    public static PGSimpleDataSource withRole(String role, String options) {
        sql("""
                DO $$ BEGIN CREATE ROLE %s LOGIN PASSWORD 'race';
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$""".formatted(role));
        var dataSource = withOptions(options);
        dataSource.setUser(role);
        dataSource.setPassword("race");
        return dataSource;
    }

    /** A race without racers and gates. */
    public static Race race() {
        return HARNESS.race();
    }

    /** A race of ada and ben, each doing the same in an armed transaction. */
    static Race twice(Gate gate, String... statements) {
        return race().holdAt(gate).racer("ada", armed(statements)).racer("ben", armed(statements));
    }

    /** A transaction of an armed session; its result is that of the last statement. */
    static Callable<String> armed(String... statements) {
        return in(ARMED, statements);
    }

    /** Armed sessions of a pool, which log their statements. */
    static DataSource logged() {
        return LOGGED;
    }

    /** Sessions of a pool, which no flag arms. */
    static DataSource unarmed() {
        return UNARMED;
    }

    /** A transaction of a session that no gate holds. */
    static Callable<String> unarmed(String... statements) {
        return in(UNARMED, statements);
    }

    /** A transaction; its result is the first value that the last statement returned, else the number of its rows. */
    static Callable<String> in(DataSource dataSource, String... statements) {
        return () -> {
            try (var connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                var result = execute(connection, statements);
                connection.commit();
                return result;
            }
        };
    }

    static String execute(Connection connection, String... statements) throws SQLException {
        var result = "";
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                if (!statement.execute(sql)) {
                    result = "" + statement.getUpdateCount();
                } else if (statement.getResultSet().next()) {
                    result = statement.getResultSet().getString(1);
                } else {
                    result = "nothing";
                }
            }
        }
        return result;
    }

    public static void sql(String... statements) {
        value(statements);
    }

    /** The first value of the last statement. */
    public static String value(String... statements) {
        try (var connection = HASTY.getConnection()) {
            return execute(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the server said first about this failure. */
    static String sqlState(RacerResult racer) {
        for (var cause = racer.failure().orElseThrow(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error) {
                return error.getSQLState();
            }
        }
        throw new AssertionError(racer.name() + " failed outside the database", racer.failure().get());
    }

    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Runs this in a transaction of an armed session. */
    public static <T> T transaction(Work<T> work) throws SQLException {
        try (var connection = ARMED.getConnection()) {
            connection.setAutoCommit(false);
            var result = work.in(connection);
            connection.commit();
            return result;
        }
    }

    /** Within such a transaction: it goes on when somebody says so, or after ten seconds. */
    static String awaited(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS) ? "" : "in vain";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
