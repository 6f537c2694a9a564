package dev.raceharness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The database's figures at the start of a race, kept to be compared with those at its end. */
final class EvidenceBook {

    /** @param counted whether the harness counts on this table at all, or only its rows */
    private record Figures(boolean counted, long attempted, long written, long rows, long total) {}

    private static final String FIGURES =
            """
            SELECT %1$d, true, pg_stat_get_tuples_inserted('%2$s.attempted_%3$d'::regclass),
                   pg_stat_get_tuples_inserted('%2$s.written_%3$d'::regclass),
                   (SELECT count(*) FILTER (WHERE operation = 'INSERT')
                         - count(*) FILTER (WHERE operation = 'DELETE') FROM %2$s.written_%3$d),
                   (SELECT count(*) FROM %4$s)
            """;
    private static final String ROWS_ONLY =
            "SELECT %1$d, false, 0::bigint, 0::bigint, count(*), count(*) FROM %4$s";

    private final HarnessSession session;
    private final String schema;
    private final Map<String, Installation.Watch> watches;
    private final ServerLog.Reading log;
    private final Map<String, Figures> before;
    private final long deadlocksBefore;

    private EvidenceBook(HarnessSession session, String schema, Map<String, Installation.Watch> watches) {
        this.session = session;
        this.schema = schema;
        this.watches = watches;
        this.log = ServerLog.fromNowOn(session);
        counted().forEach(watch -> session.execute("DELETE FROM " + schema + ".written_" + watch.number()));
        this.before = figures();
        this.deadlocksBefore = deadlocks();
    }

    static EvidenceBook open(HarnessSession session, String schema, Map<String, Installation.Watch> watches) {
        return new EvidenceBook(session, schema, watches);
    }

    Evidence close() {
        var errors = log.log().map(ServerLog::errors).map(this::withConstraints);
        var after = figures();
        var tables = new LinkedHashMap<String, TableEvidence>();
        watches.forEach((table, watch) -> tables.put(table, compare(table, before.get(table), after.get(table), errors)));
        return new Evidence(
                Collections.unmodifiableMap(tables),
                errors.map(found -> found.stream().map(Named::error).toList()),
                deadlocks() - deadlocksBefore,
                committedBackends(),
                sources());
    }

    /** An error, with the table whose unique index it names. */
    private record Named(SqlError error, String table) {}

    private TableEvidence compare(String table, Figures first, Figures last, Optional<List<Named>> errors) {
        var attempted = last.attempted() - first.attempted();
        var written = last.written() - first.written();
        return new TableEvidence(
                table,
                first.counted() ? OptionalLong.of(attempted) : OptionalLong.empty(),
                first.counted() ? OptionalLong.of(written) : OptionalLong.empty(),
                errors.map(found -> violations(table, found)),
                last.rows() - first.rows(),
                first.total(),
                last.total());
    }

    private static Map<String, Long> violations(String table, List<Named> errors) {
        var byConstraint = new TreeMap<String, Long>();
        errors.stream()
                .filter(named -> named.table().equals(table))
                .forEach(named -> byConstraint.merge(named.error().constraint().orElseThrow(), 1L, Long::sum));
        return Collections.unmodifiableMap(byConstraint);
    }

    private Map<String, Figures> figures() {
        var figures = new HashMap<String, Figures>();
        if (watches.isEmpty()) {
            return figures;
        }
        var names = new ArrayList<>(watches.keySet());
        var query = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            var watch = watches.get(names.get(i));
            query.add((watch.number() == 0 ? ROWS_ONLY : FIGURES).formatted(i, schema, watch.number(), watch.quotedTable()));
        }
        session.query(
                String.join(" UNION ALL ", query),
                row -> figures.put(
                        names.get(row.getInt(1)),
                        new Figures(
                                row.getBoolean(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6))));
        return figures;
    }

    private long deadlocks() {
        return session.queryOne(
                "SELECT pg_stat_get_db_deadlocks(oid) FROM pg_database WHERE datname = current_database()",
                row -> row.getLong(1));
    }

    private List<Integer> committedBackends() {
        var query = counted()
                .map(watch -> "SELECT backend FROM " + schema + ".written_" + watch.number())
                .toList();
        return query.isEmpty()
                ? List.of()
                : session.query(String.join(" UNION ", query) + " ORDER BY 1", row -> row.getInt(1));
    }

    private Stream<Installation.Watch> counted() {
        return watches.values().stream().filter(watch -> watch.number() != 0);
    }

    /** The log names a constraint in its message only; what it names is looked up among the unique indexes. */
    private List<Named> withConstraints(List<SqlError> errors) {
        if (errors.stream().noneMatch(EvidenceBook::isUniqueViolation)) {
            return errors.stream().map(error -> new Named(error, "")).toList();
        }
        var tablesByIndex = uniqueIndexes();
        return errors.stream().map(error -> name(error, tablesByIndex)).toList();
    }

    private static boolean isUniqueViolation(SqlError error) {
        return error.sqlState().equals("23505");
    }

    private static Named name(SqlError error, Map<String, String> tablesByIndex) {
        if (!isUniqueViolation(error)) {
            return new Named(error, "");
        }
        var index = tablesByIndex.keySet().stream()
                .filter(name -> error.message().contains("\"" + name + "\""))
                .max(Comparator.comparingInt(String::length));
        var named = new SqlError(error.sqlState(), index, error.backend(), error.message(), error.statement());
        return new Named(named, index.map(tablesByIndex::get).orElse(""));
    }

    /** Names of the unique indexes of the watched tables and of their partitions, each with the watched table. */
    private Map<String, String> uniqueIndexes() {
        var indexes = new HashMap<String, String>();
        watches.keySet().forEach(table -> session.query(
                """
                SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE i.indisunique AND (i.indrelid = ?::regclass
                    OR i.indrelid IN (SELECT relid FROM pg_partition_tree(?::regclass)))
                """,
                row -> indexes.put(row.getString(1), table),
                table,
                table));
        return indexes;
    }

    private List<String> sources() {
        var sources = new ArrayList<String>();
        sources.add("attempts and rows: triggers of the harness");
        sources.add(log.log().isPresent() ? "violations: the server's log" : "violations unknown: " + log.obstacle());
        return List.copyOf(sources);
    }
}
