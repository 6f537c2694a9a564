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

    private static final Duration TO_COME_TO_REST = Duration.ofSeconds(1);
    private static final Duration TO_REACH_THE_FILE = Duration.ofSeconds(5);

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
                         - count(*) FILTER (WHERE operation = 'DELETE') FROM %2$s.kept_%3$d
                    WHERE %5$s),
                   (SELECT count(*) FROM %4$s),
                   ARRAY(SELECT DISTINCT backend FROM %2$s.kept_%3$d WHERE %5$s)
            """;
    private static final String ROWS_ONLY =
            "SELECT %1$d, false, 0::bigint, 0::bigint, count(*), count(*), '{}'::int[] FROM %4$s";

    private final long openedAt = System.nanoTime();
    private final HarnessSession session;
    private final Installation installation;
    private final Map<String, Installation.Watch> watches;
    private final Optional<ServerLog> log;
    private final Map<String, Figures> before;
    private final long deadlocksBefore;
    private final Optional<Batch.Answer<UniqueIndexes.Index>> indexes;
    private final Optional<LeftBehind.Late> late;

    private EvidenceBook(HarnessSession session, Installation installation, Map<String, Installation.Watch> watches) {
        this.session = session;
        this.installation = installation;
        this.watches = watches;
        var readsLog = installation.serverLog().granted();
        var batch = session.withNext();
        this.late = installation.leftBehind().ask(batch);
        this.log = readsLog ? Optional.of(ServerLog.from(batch, session)) : Optional.empty();
        this.before = figures(batch, emptied(), "true");
        this.indexes = log.map(found -> UniqueIndexes.ask(batch, watches.keySet()));
        this.deadlocksBefore = log.isPresent() ? 0 : deadlocks();
    }

    /** Its first figures are those of the moment in which the server is next asked something. */
    static EvidenceBook open(
            HarnessSession session, Installation installation, Map<String, Installation.Watch> watches) {
        return new EvidenceBook(session, installation, watches);
    }

    /** What the server says at the end, asked in one go. */
    private record Last(Optional<ServerLog.Entries> entries, List<Unfinished> unfinished, Map<String, Figures> figures) {

        /** The backends of those who may have taken part. */
        Set<Integer> with(Set<Integer> racers) {
            var all = new HashSet<>(racers);
            entries.ifPresent(found -> all.addAll(found.writers()));
            return all;
        }

        /** Those of the racers that have not ended their transactions. */
        Set<Integer> unfinishedAmong(Set<Integer> racers) {
            return with(racers).stream().filter(backends(false)::contains).collect(Collectors.toSet());
        }

        Set<Integer> backends(boolean hidden) {
            return Unfinished.backends(unfinished, hidden);
        }
    }

    /**
     * @param racers backends in which racers were seen
     * @param failures what racers threw
     */
    Evidence close(Set<Integer> racers, List<Throwable> failures) {
        var last = last(racers);
        var indexes = indexesFor(last.entries());
        var errors = last.entries().map(found -> withConstraints(found.errors(), indexes));
        var violations = errors.isPresent()
                ? new LoggedViolations(ofRacers(errors.get(), last.with(racers)), indexes)
                : new ThrownViolations(failures, indexes);
        installation.leftBehind().are(late(), last.unfinishedAmong(racers));
        installation.knownBackends().outlivedTheirRacers(last.backends(true));
        var tables = new LinkedHashMap<String, TableEvidence>();
        watches.keySet()
                .forEach(table -> tables.put(
                        table, compare(table, before.get(table), last, violations)));
        return new Evidence(
                Collections.unmodifiableMap(tables),
                errors,
                errors.map(EvidenceBook::deadlocksIn).orElseGet(() -> deadlocks() - deadlocksBefore),
                last.figures().values().stream().flatMap(figures -> figures.committed().stream()).distinct().sorted().toList(),
                sources(last.unfinished()));
    }

    /**
     * Waits until the log is complete, and until the racers' backends are idle or gone, for only then they have handed in
     * their statistics: a racer that closes its connection is done before the server is. One of which that cannot be seen is
     * given the time to go, unless it is known to stay.
     */
    private Last last(Set<Integer> racers) {
        var writeMark = session.batch();
        log.ifPresent(found -> found.mark(writeMark, installation.schema()));
        var last = ask(writeMark, racers);
        var restBy = System.nanoTime() + TO_COME_TO_REST.toNanos();
        var logBy = System.nanoTime() + TO_REACH_THE_FILE.toNanos();
        var asked = racers;
        while (log.isPresent() && last.entries().isEmpty()
                || !asked.containsAll(last.with(racers))
                || !everybodyIsDone(last) && System.nanoTime() < restBy) {
            if (last.entries().isEmpty() && System.nanoTime() > logBy) {
                throw new RaceSetupException("The server's log did not show the harness's own line within "
                        + TO_REACH_THE_FILE.toSeconds() + " s; is its disk full?");
            }
            asked = last.with(racers);
            Patience.pause();
            last = ask(session.batch(), asked);
        }
        return last;
    }

    private boolean everybodyIsDone(Last last) {
        return last.backends(false).isEmpty() && installation.knownBackends().arePooled(last.backends(true));
    }

    /** In this order: figures are complete only if they are read after the last racer has come to rest. */
    private Last ask(Batch batch, Set<Integer> backends) {
        var unfinished = Unfinished.ask(batch, backends, Duration.ofNanos(System.nanoTime() - openedAt));
        var figures = figures(batch, "", late.map(LeftBehind.Late::isOfThisRace).orElse("true"));
        var lines = log.map(found -> found.read(batch));
        batch.send();
        return new Last(
                lines.flatMap(found -> log.orElseThrow().entries(found.rows())), List.copyOf(unfinished.rows()), figures);
    }

    /** As they are now, if somebody may have violated one that was not there before. */
    private UniqueIndexes indexesFor(Optional<ServerLog.Entries> entries) {
        var known = new UniqueIndexes(indexes.map(Batch.Answer::rows).orElse(List.of()));
        var allAreKnown = entries.isPresent()
                && entries.get().errors().stream()
                        .filter(error -> error.sqlState().equals(UNIQUE_VIOLATION))
                        .allMatch(error -> known.namedIn(error.message()).isPresent());
        return allAreKnown ? known : UniqueIndexes.of(watches.keySet(), session);
    }

    private TableEvidence compare(String table, Figures first, Last end, Violations violations) {
        var last = end.figures().get(table);
        var counted = first.counted()
                && late().isEmpty()
                && end.unfinished().stream().allMatch(Unfinished::hidden);
        var figures = new TableEvidence(
                table,
                counted ? OptionalLong.of(last.attempted() - first.attempted()) : OptionalLong.empty(),
                counted ? OptionalLong.of(last.written() - first.written()) : OptionalLong.empty(),
                Optional.empty(),
                first.counted() ? last.rows() : last.rows() - first.rows(),
                first.total(),
                last.total());
        return figures.with(violations.on(table, figures.refused()));
    }

    /** Others may violate the same constraints during the race; their errors are left out. */
    private static List<SqlError> ofRacers(List<SqlError> errors, Set<Integer> backends) {
        return errors.stream().filter(error -> backends.contains(error.backend())).toList();
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

    /**
     * Filled when the batch has been sent.
     *
     * @param first what the statement does besides
     * @param kept SQL condition: which of the rows that were kept
     */
    private Map<String, Figures> figures(Batch batch, String first, String kept) {
        var figures = new HashMap<String, Figures>();
        if (watches.isEmpty()) {
            return figures;
        }
        var names = new ArrayList<>(watches.keySet());
        var query = new ArrayList<String>();
        for (int i = 0; i < names.size(); i++) {
            var watch = watches.get(names.get(i));
            query.add((watch.number() == 0 ? ROWS_ONLY : FIGURES)
                    .formatted(i, installation.schema(), watch.number(), watch.quotedTable(), kept));
        }
        batch.ask(
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

    /** Backends whose figures may come during this race, although they do not belong to it. */
    private List<Integer> late() {
        return late.map(asked -> asked.backends().rows()).orElse(List.of());
    }

    /** Takes out what earlier races kept, in the statement that follows; that one still sees it. */
    private String emptied() {
        var deletions = counted()
                .map(watch -> "emptied_%2$d AS (DELETE FROM %1$s.kept_%2$d)".formatted(installation.schema(), watch.number()))
                .collect(Collectors.joining(", "));
        return deletions.isEmpty() ? "" : "WITH " + deletions + " ";
    }

    private Stream<Installation.Watch> counted() {
        return watches.values().stream().filter(watch -> watch.number() != 0);
    }

    private List<String> sources(List<Unfinished> unfinished) {
        var sources = new ArrayList<String>();
        sources.add("attempts and rows: triggers of the harness");
        sources.add(
                log.isPresent()
                        ? "unique violations: the server's log"
                        : "unique violations: what the racers threw, unknown if that does not account for every refused"
                                + " attempt; the server's log tells all, but " + installation.serverLog().obstacle());
        if (!late().isEmpty()) {
            sources.add("attempts: unknown, because an earlier race had left racers behind in their transactions: "
                    + late().stream().map(Unfinished::nameOf).toList());
        }
        var hidden = Unfinished.names(unfinished, true);
        var seen = Unfinished.names(unfinished, false);
        if (!seen.isEmpty()) {
            sources.add("attempts: unknown, because these are still in a transaction, with whose end the figures come: "
                    + seen);
        }
        if (!hidden.isEmpty()) {
            sources.add("whether these are still in a transaction the harness's role may not see (pg_read_all_stats may): "
                    + hidden);
        }
        return List.copyOf(sources);
    }
}
