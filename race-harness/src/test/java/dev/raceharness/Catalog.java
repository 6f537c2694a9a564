package dev.raceharness;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What is in a database, for comparing before with after. */
public final class Catalog {

    private Catalog() {}

    /** Every schema, relation, trigger, function and event trigger that does not belong to PostgreSQL. */
    public static List<String> of(DataSource dataSource) {
        return strings(
                dataSource,
                """
                WITH schema AS (SELECT oid, nspname FROM pg_namespace
                                WHERE nspname !~ '^pg_' AND nspname <> 'information_schema')
                SELECT 'schema ' || nspname || ' ' || coalesce(obj_description(oid, 'pg_namespace'), '') FROM schema
                UNION ALL SELECT 'relation ' || oid::regclass
                    FROM pg_class WHERE relnamespace IN (SELECT oid FROM schema)
                UNION ALL SELECT 'trigger ' || tgname || ' on ' || tgrelid::regclass FROM pg_trigger
                UNION ALL SELECT 'function ' || oid::regprocedure
                    FROM pg_proc WHERE pronamespace IN (SELECT oid FROM schema)
                UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger
                ORDER BY 1
                """);
    }

    /** Advisory locks in this database. */
    static List<String> advisoryLocks(DataSource dataSource) {
        return strings(
                dataSource,
                """
                SELECT format('pid %s: %s, %s', pid, classid, objid) FROM pg_locks
                WHERE locktype = 'advisory'
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """);
    }

    static List<String> strings(DataSource dataSource, String query) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
