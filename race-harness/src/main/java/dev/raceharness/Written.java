package dev.raceharness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the racers of one run left in the tables under watch. */
final class Written {

    private final HarnessSession session;
    private final String schema;
    private final Map<String, Installation.Watch> watches;
    private final Map<String, String> comparableRow = new LinkedHashMap<>();
    private Map<String, Long> before = Map.of();
    private String since = "";

    /** @param watches by the name of the table; each with triggers */
    Written(HarnessSession session, String schema, Map<String, Installation.Watch> watches) {
        this.session = session;
        this.schema = schema;
        this.watches = watches;
        watches.forEach((table, watch) -> comparableRow.put(table, comparableRow(watch)));
    }

    /** The columns that say something from run to run: no identifiers, no times, nothing from a sequence. */
    private String comparableRow(Installation.Watch watch) {
        return session.queryOne(
                """
                SELECT coalesce(string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum), '')
                FROM pg_attribute a
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
                    AND a.attidentity = '' AND coalesce(pg_get_expr(d.adbin, d.adrelid), '') NOT LIKE 'nextval(%'
                    AND a.atttypid NOT IN ('uuid'::regtype, 'timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype)
                    AND NOT EXISTS (
                        SELECT FROM pg_constraint f JOIN pg_attribute p
                            ON p.attrelid = f.confrelid AND p.attnum = f.confkey[array_position(f.conkey, a.attnum)]
                        LEFT JOIN pg_attrdef pd ON pd.adrelid = p.attrelid AND pd.adnum = p.attnum
                        WHERE f.contype = 'f' AND f.conrelid = a.attrelid AND a.attnum = ANY (f.conkey)
                            AND (p.attidentity <> '' OR pg_get_expr(pd.adbin, pd.adrelid) LIKE 'nextval(%'))
                """,
                row -> row.getString(1),
                watch.quotedTable());
    }

    /** From now on. */
    void begin() {
        before = netRows();
        since = session.queryOne(
                "SELECT pg_snapshot_xmax(pg_current_snapshot())::xid::text", row -> row.getString(1));
    }

    /** By table, the rows that were added, less those that were deleted. */
    Map<String, Long> rows() {
        var rows = new TreeMap<>(netRows());
        rows.replaceAll((table, count) -> count - before.getOrDefault(table, 0L));
        return rows;
    }

    private Map<String, Long> netRows() {
        var names = List.copyOf(watches.keySet());
        var query = names.stream()
                .map(name ->
                        """
                        SELECT %1$d, count(*) FILTER (WHERE operation = 'INSERT')
                            - count(*) FILTER (WHERE operation = 'DELETE') FROM %2$s.kept_%3$d
                        """
                                .formatted(names.indexOf(name), schema, watches.get(name).number()))
                .toList();
        var rows = new TreeMap<String, Long>();
        if (query.isEmpty()) {
            return rows;
        }
        session.query(
                String.join(" UNION ALL ", query), row -> rows.put(names.get(row.getInt(1)), row.getLong(2)));
        return rows;
    }

    /** By table, the rows that were written since the beginning and are still there, as text, sorted. */
    Map<String, List<String>> contents() {
        var contents = new TreeMap<String, List<String>>();
        watches.forEach((table, watch) -> contents.put(
                table,
                session.query(
                        "SELECT (ROW(%s))::text FROM %s t WHERE age(t.xmin) <= age(?::text::xid) ORDER BY 1"
                                .formatted(comparableRow.get(table), watch.quotedTable()),
                        row -> row.getString(1),
                        since)));
        return contents;
    }
}
