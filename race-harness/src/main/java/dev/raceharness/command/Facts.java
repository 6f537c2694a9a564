package dev.raceharness.command;

import java.util.ArrayList;
import java.util.List;

/**
 * What a database is, and what our role may do there.
 *
 * @param version as in server_version_num
 * @param logIsRead whether the server's log can tell unique violations
 */
record Facts(
        String database,
        int version,
        String role,
        boolean superuser,
        boolean mayMakeSchemas,
        boolean standby,
        boolean logIsRead) {

    private static final int OLDEST = 15;

    static final String QUERY =
            """
            SELECT current_database(), current_setting('server_version_num')::int, current_user, rolsuper,
                has_database_privilege(current_database(), 'CREATE'), pg_is_in_recovery(),
                current_setting('logging_collector')::bool AND current_setting('log_destination') ~ 'jsonlog'
                    AND (rolsuper OR pg_has_role('pg_read_server_files', 'USAGE'))
            FROM pg_roles WHERE rolname = current_user
            """;

    /** @throws WrongUseException unless this is the database that was declared to be for testing */
    void checkName(String testDatabase) {
        if (!database.equals(testDatabase)) {
            throw new WrongUseException("This is the database \"" + database + "\", but --test-database declares \""
                    + testDatabase + "\" to be for testing. Nothing was touched.\nIf \"" + database
                    + "\" may be tampered with, say --test-database " + database + ".");
        }
    }

    /** @throws WrongUseException if no race can take place here */
    void check() {
        if (version / 10000 < OLDEST) {
            throw new WrongUseException("The server is PostgreSQL " + version / 10000 + ", but " + OLDEST
                    + " or later is needed. Nothing was touched. Run the application on a newer one for this test.");
        }
        if (standby) {
            throw new WrongUseException(
                    "The server is a standby: nothing can be written there. Name its primary. Nothing was touched.");
        }
        if (!mayMakeSchemas) {
            throw new WrongUseException("The role \"" + role + "\" may not make a schema in this database. Nothing was"
                    + " touched.\nName a superuser or the owner of the tables (PGUSER), or let one run: GRANT CREATE"
                    + " ON DATABASE \""
                    + database + "\" TO \"" + role + "\"");
        }
    }

    /** What a race of this kind lacks here. */
    List<String> losses(boolean explores) {
        var losses = new ArrayList<String>();
        if (!superuser) {
            losses.add("\"" + role + "\" is no superuser: no gates on DDL, and tables are not put back between runs");
        }
        if (!explores && !logIsRead) {
            losses.add("unique violations stay unknown: that takes a superuser, and a server with logging_collector"
                    + " = on and log_destination = jsonlog");
        }
        return losses;
    }
}
