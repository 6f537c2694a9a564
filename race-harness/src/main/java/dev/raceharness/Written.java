package dev.raceharness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the racers of one run left in the tables under watch. */
final class Written {

    /**
     * @param rows by table, those that were added, less those that were deleted
     * @param contents by table, those that are there, as text
     */
    record Left(Map<String, Long> rows, Map<String, List<String>> contents) {}

    private final HarnessSession session;
    private final String schema;
    private final Map<String, Installation.Watch> watches;
    private final Map<String, String> comparableRow = new LinkedHashMap<>();
    private final List<String> tables;

    /** @param watches by the name of the table; each with triggers */
    Written(HarnessSession session, String schema, Map<String, Installation.Watch> watches) {
        this.session = session;
        this.schema = schema;
        this.watches = watches;
        this.tables = List.copyOf(watches.keySet());
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
        if (!watches.isEmpty()) {
            session.execute(watches.values().stream()
                    .map(watch -> "DELETE FROM " + kept(watch))
                    .collect(Collectors.joining("; ")));
        }
    }

    private String kept(Installation.Watch watch) {
        return schema + ".kept_" + watch.number();
    }

    /** What is there now of what was written since the beginning by sessions that take part; then begins anew. */
    Left left() {
        var rows = new TreeMap<String, Long>();
        var contents = new TreeMap<String, List<String>>();
        watches.keySet().forEach(table -> contents.put(table, new ArrayList<>()));
        if (!watches.isEmpty()) {
            session.query(question(), row -> {
                var table = tables.get(row.getInt(1));
                var text = row.getString(3);
                return text == null ? rows.put(table, row.getLong(2)) : contents.get(table).add(text);
            });
        }
        return new Left(rows, contents);
    }

    /** In one statement with the question, which still sees what this takes out. */
    private String emptied() {
        return watches.values().stream()
                .map(watch -> "emptied_%d AS (DELETE FROM %s)".formatted(watch.number(), kept(watch)))
                .collect(Collectors.joining(", ", "WITH ", " "));
    }

    private String question() {
        var questions = new ArrayList<String>();
        for (int i = 0; i < tables.size(); i++) {
            var watch = watches.get(tables.get(i));
            questions.add(
                    """
                    SELECT %1$d, count(*) FILTER (WHERE operation = 'INSERT')
                        - count(*) FILTER (WHERE operation = 'DELETE'), NULL FROM %2$s
                    UNION ALL
                    SELECT %1$d, 0, (ROW(%3$s))::text FROM %4$s t WHERE t.xmin IN (SELECT k.xmin FROM %2$s k)
                    """
                            .formatted(i, kept(watch), comparableRow.get(tables.get(i)), watch.quotedTable()));
        }
        return emptied() + String.join(" UNION ALL ", questions);
    }
}
