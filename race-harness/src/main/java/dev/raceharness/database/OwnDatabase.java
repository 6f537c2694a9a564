package dev.raceharness.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** The database made for one {@link TestDatabase}: its name is random, and it declares itself to be for testing. */
record OwnDatabase(String name, PGSimpleDataSource dataSource, String version, PGSimpleDataSource administrator) {
    /** The setting that a database for testing carries, with its own name as the value; the harness insists on it. */
    static final String DECLARATION = "race.test_database";

    /** @throws NoDatabaseException if the administrator may not, in which case nothing was changed */
    static OwnDatabase create(PGSimpleDataSource administrator) throws SQLException {
        var name = "race_" + RandomName.token();
        try (var connection = administrator.getConnection()) {
            var rights = Rights.of(connection);
            rights.check();
            Sql.execute(connection, "CREATE DATABASE %I TEMPLATE template0", name);
            var database = new OwnDatabase(
                    name, ownDataSource(administrator, name, rights.user()), rights.version(), administrator);
            try {
                Sql.execute(connection, "ALTER DATABASE %I SET " + DECLARATION + " = %L", name, name);
                if (rights.superuser()) {
                    database.prepare(connection);
                }
                return database;
            } catch (SQLException | RuntimeException e) {
                database.drop();
                throw e;
            }
        }
    }

    private static PGSimpleDataSource ownDataSource(PGSimpleDataSource administrator, String name, String user) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setURL(administrator.getURL());
        dataSource.setDatabaseName(name);
        dataSource.setUser(user);
        dataSource.setPassword(administrator.getPassword());
        return dataSource;
    }

    private void prepare(Connection connection) throws SQLException {
        var settings = EvidenceSettings.all();
        for (var setting : settableByDatabase(connection, settings.keySet().toArray(String[]::new))) {
            Sql.execute(connection, "ALTER DATABASE %I SET %I = %L", name, setting, settings.get(setting));
        }
        try (var own = dataSource.getConnection()) {
            if (available(own, "pg_stat_statements")) {
                Sql.execute(own, "CREATE EXTENSION %I", "pg_stat_statements");
            }
        }
    }

    private static List<String> settableByDatabase(Connection connection, String[] settings) throws SQLException {
        return Sql.strings(connection, """
                SELECT name FROM pg_settings WHERE name = ANY(?) AND context IN ('user', 'superuser')
                """, connection.createArrayOf("text", settings));
    }

    private static boolean available(Connection connection, String extension) throws SQLException {
        return !Sql.strings(connection, "SELECT name FROM pg_available_extensions WHERE name = ?", extension)
                .isEmpty();
    }

    void drop() throws SQLException {
        try (var connection = administrator.getConnection()) {
            Sql.execute(connection, "DROP DATABASE IF EXISTS %I WITH (FORCE)", name);
        }
    }
}
