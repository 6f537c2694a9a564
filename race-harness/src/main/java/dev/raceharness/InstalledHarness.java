package dev.raceharness;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A harness that is in a database: its schema, and the triggers on the application's tables.
 *
 * @param schema in which everything of it is
 * @param inUse whether its session still lives; what is left of one that was killed is inert
 * @param tables that carry triggers of it
 */
public record InstalledHarness(String schema, boolean inUse, List<String> tables) {

    private static final String ALL =
            """
            SELECT nspname,
                EXISTS (SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted
                    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND l.classid::bigint = key + %d AND l.objid::bigint = %d),
                ARRAY(SELECT DISTINCT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
                    WHERE f.pronamespace = harness.oid AND NOT t.tgisinternal ORDER BY 1)
            FROM %s AS harness ORDER BY nspname
            """
                    .formatted(new Keys(0).liveness(), Keys.ALIVE, Installation.HARNESSES);

    /** Those in this database. Only reads. */
    public static List<InstalledHarness> in(DataSource dataSource) {
        try (var session = HarnessSession.open(dataSource)) {
            return session.query(
                    ALL,
                    row -> new InstalledHarness(
                            row.getString(1), row.getBoolean(2), List.of((String[]) row.getArray(3).getArray())));
        }
    }

    /**
     * Removes those whose session is gone.
     *
     * @param testDatabase name of the database, thereby declared to be for testing
     * @throws RaceSetupException if it is another one
     */
    public static void removeUnused(DataSource dataSource, String testDatabase) {
        try (var session = HarnessSession.open(dataSource)) {
            TestDatabaseGuard.check(session, Optional.of(testDatabase));
            Installation.removeLeftovers(session);
        }
    }

    @Override
    public String toString() {
        return "schema " + schema + (inUse ? ", in use" : ", left by a harness that is gone, inert")
                + (tables.isEmpty() ? ", no triggers" : ", triggers on " + String.join(", ", tables));
    }
}
