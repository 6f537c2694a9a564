package dev.raceharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The database's figures at the start of a race, kept to be compared with those at its end. */
final class EvidenceBook {

    static final String UNIQUE_VIOLATION = "23505";

    private static final String BACKEND = "backend ";
    private static final Duration TO_COME_TO_REST = Duration.ofSeconds(1);

    /**
     * @param counted whether the harness counts on this table at all, or only its rows
     * @param rows those that were kept, or all rows where the harness does not count
     * @param committed backends that kept some
     */
    private record Figures(
            boolean counted, long attempted, long written, long rows, long total, List<Integer> committed) {}

    private static final String FIGURES =
            """
            SELECT %1$d, true, pg_stat_get_tuples_inserted('%2$s.attempted_%3$d'::regclass),
                   pg_stat_get_tuples_inserted('%2$s.written_%3$d'::regclass),
                   (SELECT count(*) FILTER (WHERE operation = 'INSERT')
                         - count(*) FILTER (WHERE operation = 'DELETE') FROM %2$s.kept_%3$d),
                   (SELECT count(*) FROM %4$s),
                   ARRAY(SELECT DISTINCT backend FROM %2$s.kept_%3$d)
            """;
    private static final String ROWS_ONLY =
            "SELECT %1$d, false, 0::bigint, 0::bigint, count(*), count(*), '{}'::int[] FROM %4$s";

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
        this.before = figures(emptied());
        this.deadlocksBefore = log.log().isPresent() ? 0 : deadlocks();
    }

    static EvidenceBook open(HarnessSession session, String schema, Map<String, Installation.Watch> watches) {
        return new EvidenceBook(session, schema, watches);
    }

    /**
     * @param racers backends in which racers were seen
     * @param failures what racers threw
     */
    Evidence close(Set<Integer> racers, List<Throwable> failures) {
        var entries = log.log().map(ServerLog::entries);
        var indexes = UniqueIndexes.of(mayBeViolated(entries) ? watches.keySet() : Set.of(), session);
        var errors = entries.map(found -> withConstraints(found.errors(), indexes));
        var violations = entries.isPresent()
                ? new LoggedViolations(ofRacers(errors.orElseThrow(), racers, entries.get().writers()), indexes)
                : new ThrownViolations(failures, indexes);
        var unfinished = unfinished(union(racers, entries.map(ServerLog.Entries::writers).orElse(Set.of())));
        var after = figures("");
        var tables = new LinkedHashMap<String, TableEvidence>();
        watches.keySet()
                .forEach(table -> tables.put(table, compare(table, before.get(table), after.get(table), violations)));
        return new Evidence(
                Collections.unmodifiableMap(tables),
                errors,
                errors.map(EvidenceBook::deadlocksIn).orElseGet(() -> deadlocks() - deadlocksBefore),
                after.values().stream().flatMap(last -> last.committed().stream()).distinct().sorted().toList(),
                sources(unfinished));
    }

    private static Set<Integer> union(Set<Integer> some, Set<Integer> others) {
        var all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    /**
     * Waits until these backends are idle or gone, for only then they have handed in their statistics: a racer that closes
     * its connection is done before the server is. Returns what is unfinished after all.
     */
    private List<String> unfinished(Set<Integer> backends) {
        var unfinished = new ArrayList<String>();
        Patience.await(TO_COME_TO_REST, () -> {
            unfinished.clear();
            unfinished.addAll(notYetFinished(backends));
            return unfinished.stream().noneMatch(what -> what.startsWith(BACKEND));
        });
        return unfinished;
    }

    private List<String> notYetFinished(Set<Integer> backends) {
        return session.query(
                """
                SELECT ? || pid FROM pg_stat_activity WHERE pid = ANY (?) AND state <> 'idle'
                UNION ALL
                SELECT 'prepared transaction ' || gid FROM pg_prepared_xacts WHERE database = current_database()
                """,
                row -> row.getString(1),
                BACKEND,
                backends.toArray(Integer[]::new));
    }

    private static boolean mayBeViolated(Optional<ServerLog.Entries> entries) {
        return entries.isEmpty()
                || entries.get().errors().stream().anyMatch(error -> error.sqlState().equals(UNIQUE_VIOLATION));
    }

    private static TableEvidence compare(String table, Figures first, Figures last, Violations violations) {
        var counted = first.counted();
        var figures = new TableEvidence(
                table,
                counted ? OptionalLong.of(last.attempted() - first.attempted()) : OptionalLong.empty(),
                counted ? OptionalLong.of(last.written() - first.written()) : OptionalLong.empty(),
                Optional.empty(),
                counted ? last.rows() : last.rows() - first.rows(),
                first.total(),
                last.total());
        return figures.with(violations.on(table, figures.refused()));
    }

    /** Others may violate the same constraints during the race; their errors are left out. */
    private static List<SqlError> ofRacers(List<SqlError> errors, Set<Integer> seen, Set<Integer> writers) {
        return errors.stream()
                .filter(error -> seen.contains(error.backend()) || writers.contains(error.backend()))
                .toList();
    }

    private static long deadlocksIn(List<SqlError> errors) {
        return errors.stream().filter(error -> error.sqlState().equals("40P01")).count();
    }

    private static List<SqlError> withConstraints(List<SqlError> errors, UniqueIndexes indexes) {
        return errors.stream()
                .map(error -> error.sqlState().equals(UNIQUE_VIOLATION)
                        ? error.of(indexes.namedIn(error.message()))
                        : error)
                .toList();
    }

    /** @param first what the statement does besides */
    private Map<String, Figures> figures(String first) {
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
                first + String.join(" UNION ALL ", query),
                row -> figures.put(
                        names.get(row.getInt(1)),
                        new Figures(
                                row.getBoolean(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                List.of((Integer[]) row.getArray(7).getArray()))));
        return figures;
    }

    private long deadlocks() {
        return session.queryOne(
                "SELECT pg_stat_get_db_deadlocks(oid) FROM pg_database WHERE datname = current_database()",
                row -> row.getLong(1));
    }

    /** Takes out what earlier races kept, in the statement that follows; that one still sees it. */
    private String emptied() {
        var deletions = counted()
                .map(watch -> "emptied_%2$d AS (DELETE FROM %1$s.kept_%2$d)".formatted(schema, watch.number()))
                .collect(Collectors.joining(", "));
        return deletions.isEmpty() ? "" : "WITH " + deletions + " ";
    }

    private Stream<Installation.Watch> counted() {
        return watches.values().stream().filter(watch -> watch.number() != 0);
    }

    private List<String> sources(List<String> unfinished) {
        var sources = new ArrayList<String>();
        sources.add("attempts and rows: triggers of the harness");
        sources.add(
                log.log().isPresent()
                        ? "unique violations: the server's log"
                        : "unique violations: what the racers threw, unknown if that does not account for every refused"
                                + " attempt; the server's log tells all, but " + log.obstacle());
        if (!unfinished.isEmpty()) {
            sources.add("incomplete: still in a transaction, whose figures come with its end, are " + unfinished);
        }
        return List.copyOf(sources);
    }
}
