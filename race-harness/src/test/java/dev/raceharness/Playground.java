package dev.raceharness;

import dev.raceharness.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One database for all tests of the harness, started with the first and stopped with the JVM. */
public final class Playground {

    private static final TestDatabase DATABASE = TestDatabase.start();

    private Playground() {}

    public static DataSource owner() {
        return DATABASE.dataSource();
    }

    public static TestDatabase database() {
        return DATABASE;
    }

    /** Sessions that carry the flag. */
    public static DataSource armed() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(DATABASE.jdbcUrl());
        dataSource.setUser(DATABASE.username());
        dataSource.setPassword(DATABASE.password());
        dataSource.setOptions("-c " + Arming.FLAG + "=on");
        return dataSource;
    }

    public static void sql(String... statements) {
        try (var connection = owner().getConnection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    public interface Work<T> {
        T in(Connection connection) throws SQLException;
    }

    /** Runs this in a transaction of an armed session. */
    public static <T> T transaction(Work<T> work) throws SQLException {
        try (var connection = armed().getConnection()) {
            connection.setAutoCommit(false);
            var result = work.in(connection);
            connection.commit();
            return result;
        }
    }
}
