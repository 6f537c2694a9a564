package dev.raceharness.database;

import java.sql.Connection;
import java.sql.SQLException;

/** Who we are on a server, and what we may do there. */
record Rights(
        String user, String version, int versionNumber, boolean superuser, boolean createDatabase, boolean declare) {
    private static final int OLDEST = 15;

    static Rights of(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        SELECT current_user,
                               split_part(current_setting('server_version'), ' ', 1),
                               current_setting('server_version_num')::int,
                               rolsuper,
                               rolsuper OR rolcreatedb
                          FROM pg_roles WHERE rolname = current_user
                        """)) {
            row.next();
            var superuser = row.getBoolean(4);
            var number = row.getInt(3);
            return new Rights(
                    row.getString(1),
                    row.getString(2),
                    number,
                    superuser,
                    row.getBoolean(5),
                    superuser || (number / 10000 >= OLDEST && mayDeclare(connection)));
        }
    }

    private static boolean mayDeclare(Connection connection) throws SQLException {
        return Sql.strings(connection, "SELECT has_parameter_privilege(?, 'SET')", OwnDatabase.DECLARATION)
                .contains("t");
    }

    void check() {
        if (versionNumber / 10000 < OLDEST) {
            var message = """
                    The server is PostgreSQL %s, but %d or newer is needed: older ones write no JSON log, \
                    where refused statements are read from. Nothing was changed. Let %s name a newer one.""";
            throw new NoDatabaseException(message.formatted(version, OLDEST, Choice.URL));
        }
        if (!createDatabase || !declare) {
            throw new NoDatabaseException("""
                    The role "%s" may not make a database for testing on this server: it needs %s. Nothing was changed.
                    Either name a superuser by %s and %s, or let one run
                      ALTER ROLE "%1$s" CREATEDB;
                      GRANT SET ON PARAMETER %s TO "%1$s";""".formatted(
                            user,
                            createDatabase ? "SET on the parameter " + OwnDatabase.DECLARATION : "CREATEDB",
                            Choice.USER,
                            Choice.PASSWORD,
                            OwnDatabase.DECLARATION));
        }
    }
}
