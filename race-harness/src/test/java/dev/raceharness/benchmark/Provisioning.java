package dev.raceharness.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A transaction on a connection that is kept: it asks whether the name exists, and inserts it. */
final class Provisioning implements AutoCloseable {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Connection connection;
    private final PreparedStatement check;
    private final PreparedStatement insert;

    Provisioning(String table) throws SQLException {
        connection = Server.armedDataSource().getConnection();
        connection.setAutoCommit(false);
        check = connection.prepareStatement("SELECT count(*) FROM " + table + " WHERE name = ?");
        insert = connection.prepareStatement("INSERT INTO " + table + " VALUES (?)");
    }

    /** Inserts whatever the check said, so that it does the same work in every order. Whether it was the first. */
    boolean insertAlways(String name) throws SQLException {
        exists(name);
        return insert(name);
    }

    /** Inserts only if the check found nothing. Whether it did. */
    boolean insertIfAbsent(String name) throws SQLException {
        if (exists(name)) {
            connection.commit();
            return false;
        }
        return insert(name);
    }

    private boolean exists(String name) throws SQLException {
        check.setString(1, name);
        try (var row = check.executeQuery()) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    private boolean insert(String name) throws SQLException {
        try {
            insert.setString(1, name);
            insert.executeUpdate();
            connection.commit();
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
