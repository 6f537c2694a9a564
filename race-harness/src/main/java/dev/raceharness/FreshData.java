package dev.raceharness;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * Puts tables back to what they held when they were remembered, rows and sequences, without firing triggers or foreign keys.
 * For explorations whose racers always use the same data. Needs a superuser. It has a session of its own: to switch triggers
 * off makes the server forget all plans of the session, which in that of the harness are needed by every run.
 */
final class FreshData implements AutoCloseable {

    private static final Duration TO_GET_ROWS = Duration.ofSeconds(2);
    private static final String NO_RIGHT = "42501";
    private static final String DATA_OF_ITS_OWN = "Give each run data of its own instead: take the run in the racers,"
            + " .racer(name, run -> ...), and make names from run.token().";

    private static final String COLUMNS_THAT_CAN_BE_WRITTEN =
            """
            SELECT name, string_agg(format('%I', attname), ', ' ORDER BY attnum)
            FROM unnest(?) AS name JOIN pg_attribute ON attrelid = name::regclass
            WHERE attnum > 0 AND NOT attisdropped AND attgenerated = '' GROUP BY name
            """;

    private static final String SEQUENCES =
            """
            SELECT name, d.objid::regclass::text FROM unnest(?) AS name
            JOIN pg_depend d ON d.refobjid = name::regclass AND d.deptype IN ('a', 'i')
            JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
            """;

    private final HarnessSession session;
    private final String schema;

    /** By table, the statements that put it back. */
    private final Map<String, List<String>> scripts = new LinkedHashMap<>();

    /** @param schema where to keep copies */
    FreshData(DataSource dataSource, String schema) {
        this.session = open(dataSource);
        this.schema = schema;
    }

    private static HarnessSession open(DataSource dataSource) {
        try {
            return HarnessSession.open(dataSource, Map.of("session_replication_role", "replica"));
        } catch (RaceSetupException e) {
            if (e.getCause() instanceof SQLException refused && NO_RIGHT.equals(refused.getSQLState())) {
                throw new RaceSetupException("Only a superuser can put tables back after each run. " + DATA_OF_ITS_OWN, e);
            }
            throw e;
        }
    }

    /** From now on these tables are put back, and no other ones, to what they hold now unless they were remembered before. */
    void remember(Collection<String> quotedTables) {
        scripts.keySet().retainAll(quotedTables);
        if (!scripts.keySet().containsAll(quotedTables)) {
            scripts.clear();
            quotedTables.forEach(table -> scripts.put(table, new ArrayList<>(List.of("DELETE FROM " + table))));
            copyRows();
            readSequences();
        }
    }

    /** Of those that have rows. A database may have hundreds of tables, most of them empty. */
    private void copyRows() {
        var tables = tablesWithRows();
        if (tables.isEmpty()) {
            return;
        }
        var copies = new ArrayList<String>();
        session.query(
                COLUMNS_THAT_CAN_BE_WRITTEN,
                row -> {
                    var table = row.getString(1);
                    var copy = schema + ".copy_" + (copies.size() + 1);
                    copies.add("DROP TABLE IF EXISTS %1$s; CREATE UNLOGGED TABLE %1$s AS TABLE %2$s".formatted(copy, table));
                    return scripts.get(table)
                            .add("INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM %3$s"
                                    .formatted(table, row.getString(2), copy));
                },
                (Object) tables.toArray(String[]::new));
        session.execute(String.join(";\n", copies));
    }

    private List<String> tablesWithRows() {
        var tables = List.copyOf(scripts.keySet());
        var counts = IntStream.range(0, tables.size())
                .mapToObj(i -> "SELECT %d, (SELECT count(*) FROM %s)".formatted(i, tables.get(i)))
                .collect(Collectors.joining("\nUNION ALL "));
        var withRows = new ArrayList<String>();
        if (!tables.isEmpty()) {
            session.query(counts, row -> {
                var table = tables.get(row.getInt(1));
                refuseTooMany(table, row.getLong(2));
                return row.getLong(2) > 0 && withRows.add(table);
            });
        }
        return withRows;
    }

    private static void refuseTooMany(String table, long rows) {
        if (rows > Race.MOST_ROWS_PUT_BACK) {
            throw new RaceSetupException("The table " + table + " has " + rows + " rows, too many to be put back after"
                    + " each run (the most is " + Race.MOST_ROWS_PUT_BACK + "). " + DATA_OF_ITS_OWN);
        }
    }

    private void readSequences() {
        var states = session.query(
                SEQUENCES,
                row -> "SELECT '%s', format('SELECT setval(%%L, %%s, %%L)', '%s', last_value, is_called) FROM %s"
                        .formatted(literal(row.getString(1)), literal(row.getString(2)), row.getString(2)),
                (Object) scripts.keySet().toArray(String[]::new));
        if (!states.isEmpty()) {
            session.query(
                    String.join("\nUNION ALL ", states),
                    row -> scripts.get(row.getString(1)).add(row.getString(2)));
        }
    }

    private static String literal(String name) {
        return name.replace("'", "''");
    }

    /** @throws RaceSetupException if somebody keeps rows of them for long: whoever was left behind in a transaction */
    void putBack() {
        var statements = scripts.values().stream().flatMap(List::stream).collect(Collectors.joining(";\n"));
        try {
            HarnessSession.whileLocked(TO_GET_ROWS, () -> session.tryToExecute(statements));
        } catch (SQLException e) {
            if (!HarnessSession.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw HarnessSession.failed(e);
            }
            throw new RaceSetupException(
                    String.join(" and ", scripts.keySet()) + " cannot be put back: for " + TO_GET_ROWS.toSeconds()
                            + " s a transaction that is still open has kept rows.",
                    e);
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
