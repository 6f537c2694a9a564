package dev.raceharness;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts tables back to what they held when this was made, rows and sequences, without firing triggers or foreign keys. For
 * explorations whose racers always use the same data. Needs a superuser.
 */
final class FreshData {

    private static final long MOST_ROWS = 100_000;

    /** @param columns those that can be written */
    private record Copy(String table, String columns, String copy) {}

    private final HarnessSession session;
    private final List<Copy> copies = new ArrayList<>();
    private final List<String> sequences = new ArrayList<>();

    private FreshData(HarnessSession session) {
        this.session = session;
    }

    /** Remembers these tables, in the harness's schema. */
    static FreshData remember(HarnessSession session, String schema, Iterable<String> quotedTables) {
        var fresh = new FreshData(session);
        for (var table : quotedTables) {
            fresh.remember(schema, table);
        }
        return fresh;
    }

    private void remember(String schema, String table) {
        var rows = session.queryOne("SELECT count(*) FROM " + table, row -> row.getLong(1));
        if (rows > MOST_ROWS) {
            throw new RaceSetupException("The table " + table + " has " + rows + " rows, too many to be put back after"
                    + " each run (the most is " + MOST_ROWS + "). Give each run data of its own instead: take the run in"
                    + " the racers, .racer(name, run -> ...), and make names from run.token().");
        }
        var copy = schema + ".copy_" + (copies.size() + 1);
        session.execute("DROP TABLE IF EXISTS " + copy + "; CREATE UNLOGGED TABLE " + copy + " AS TABLE " + table);
        var columns = session.queryOne(
                """
                SELECT string_agg(format('%I', attname), ', ' ORDER BY attnum) FROM pg_attribute
                WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                """,
                row -> row.getString(1),
                table);
        copies.add(new Copy(table, columns, copy));
        session.query(
                        """
                        SELECT d.objid::regclass::text FROM pg_depend d
                        JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
                        WHERE d.refobjid = ?::regclass AND d.deptype IN ('a', 'i')
                        """,
                        row -> row.getString(1),
                        table)
                .forEach(this::rememberSequence);
    }

    private void rememberSequence(String sequence) {
        sequences.add(session.queryOne(
                "SELECT format('SELECT setval(%L, %s, %L);', ?::text, last_value, is_called) FROM " + sequence,
                row -> row.getString(1),
                sequence));
    }

    void putBack() {
        var script = new StringBuilder("SET session_replication_role = replica;");
        for (var copy : copies) {
            script.append("DELETE FROM ").append(copy.table()).append(";");
            script.append("INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s;"
                    .formatted(copy.table(), copy.columns(), copy.columns(), copy.copy()));
        }
        sequences.forEach(script::append);
        script.append("SET session_replication_role = origin");
        session.execute(script.toString());
    }
}
