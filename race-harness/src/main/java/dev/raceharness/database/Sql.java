package dev.raceharness.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements with names in them, which the database itself quotes, and queries for a column of text. */
final class Sql {
    private Sql() {}

    /** Executes a template of PostgreSQL's {@code format}: %I for a name, %L for a text. */
    static void execute(Connection connection, String template, String... arguments) throws SQLException {
        var array = connection.createArrayOf("text", arguments);
        var statement = strings(connection, "SELECT format(?, VARIADIC ?)", template, array)
                .get(0);
        try (var execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    static List<String> strings(Connection connection, String query, Object... arguments) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            for (var i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<String>();
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
                return found;
            }
        }
    }
}
