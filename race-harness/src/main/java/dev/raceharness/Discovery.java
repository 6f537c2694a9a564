package dev.raceharness;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which tables racers contend for, by watching them one after the other, in each order: the one that comes
 * first may do more than the ones that come after it.
 */
final class Discovery {

    /** What one racer did to one table while it was alone. */
    private record Use(long writes, long scans) {

        Use minus(Use before) {
            return new Use(writes - before.writes, scans - before.scans);
        }

        Use plus(Use more) {
            return new Use(writes + more.writes, scans + more.scans);
        }
    }

    private static final String USES =
            """
            WITH RECURSIVE watch AS (SELECT * FROM unnest(?, ?) AS w (name, attempted)),
            part (name, relation) AS (
                SELECT name, name::regclass::oid FROM watch
                UNION SELECT part.name, inhrelid FROM part JOIN pg_inherits ON inhparent = relation),
            scanned (name, relation) AS (
                TABLE part UNION ALL SELECT name, indexrelid FROM part JOIN pg_index ON indrelid = relation)
            SELECT name, pg_stat_get_tuples_inserted(attempted::regclass),
                (SELECT sum(pg_stat_get_numscans(relation)) FROM scanned WHERE scanned.name = watch.name)
            FROM watch
            """;

    private static final String NEXT_TRANSACTION = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text";

    /** Rows by this transaction or a later one. */
    private static final String WRITTEN_SINCE =
            "SELECT '%1$s' WHERE EXISTS (SELECT FROM %2$s WHERE age(xmin) <= age('%3$s'::xid8::xid))";

    private final HarnessSession session;
    private final Installation installation;
    private final Map<String, Installation.Watch> watches = new LinkedHashMap<>();
    private final Map<String, Map<String, Use>> byRacer = new LinkedHashMap<>();
    private final Map<String, Set<String>> unheldWrites = new TreeMap<>();
    private final SelectStatements selects;
    private String firstTransaction = "";
    private Map<String, Use> last = Map.of();
    private @Nullable String running;

    Discovery(HarnessSession session, Installation installation, Arming arming) {
        this.session = session;
        this.installation = installation;
        this.selects = new SelectStatements(session);
        for (var table : userTables()) {
            watches.put(table, installation.watch(table, EnumSet.allOf(Operation.class), arming));
        }
    }

    private List<String> userTables() {
        return session.query(
                """
                SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
                    AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                    AND NOT EXISTS (SELECT FROM %s AS harness WHERE harness.oid = n.oid)
                    AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                ORDER BY 1
                """
                        .formatted(Installation.HARNESSES),
                row -> row.getString(1));
    }

    /** All tables that can be written, each with its watch. */
    Map<String, Installation.Watch> watches() {
        return watches;
    }

    /** Chooses the next racer in this order, once the one before has run, alone. */
    Optional<Step> next(List<String> order, List<Step> possible) {
        var next = Laboratory.firstOf(order, possible);
        var raced = running;
        finish();
        if (raced != null) {
            noteUnheldWrites(raced);
        }
        running = next.map(Step::racer).orElse(null);
        forgetWhatTheHarnessRead();
        last = uses();
        firstTransaction = session.queryOne(NEXT_TRANSACTION, row -> row.getString(1));
        selects.begin();
        return next;
    }

    /** Its own reads get into the statistics at some later time otherwise. */
    private void forgetWhatTheHarnessRead() {
        session.execute("SELECT pg_stat_force_next_flush()");
    }

    /** The last racer has run. */
    void finish() {
        if (running != null) {
            var now = uses();
            selects.end(running);
            var used = byRacer.computeIfAbsent(running, name -> new TreeMap<>());
            now.forEach((table, use) -> used.merge(table, use.minus(last.get(table)), Use::plus));
            running = null;
        }
    }

    /**
     * Of whoever seems to write nothing: perhaps they do, by a session that is not armed. Nobody is asked about who comes last,
     * after whom the tables may have been put back; in another order they do not.
     */
    private void noteUnheldWrites(String racer) {
        if (readsAreKnown(racer) || watches.isEmpty()) {
            return;
        }
        var written = session.query(
                watches.entrySet().stream()
                        .map(watch -> WRITTEN_SINCE.formatted(
                                watch.getKey().replace("'", "''"), watch.getValue().quotedTable(), firstTransaction))
                        .collect(Collectors.joining("\nUNION ALL ")),
                row -> row.getString(1));
        if (!written.isEmpty()) {
            unheldWrites.computeIfAbsent(racer, name -> new TreeSet<>()).addAll(written);
        }
    }

    /**
     * Of racers that seem to write nothing, the tables that were written while they were alone: by a session that no gate would
     * hold, and whose rows count for nobody.
     */
    Map<String, Set<String>> unheldWrites() {
        var unheld = new TreeMap<>(unheldWrites);
        unheld.keySet().removeIf(this::readsAreKnown);
        return unheld;
    }

    private Map<String, Use> uses() {
        var uses = new TreeMap<String, Use>();
        session.query(
                USES,
                row -> uses.put(row.getString(1), new Use(row.getLong(2), row.getLong(3))),
                watches.keySet().toArray(String[]::new),
                watches.values().stream()
                        .map(watch -> installation.schema() + ".attempted_" + watch.number())
                        .toArray(String[]::new));
        return uses;
    }

    /**
     * A racer that wrote nothing has not flushed its statistics: what it read is not known. Of one that wrote, what it read in
     * a later transaction may be missing, which its statements tell where the server counts them.
     */
    private boolean readsAreKnown(String racer) {
        return byRacer.get(racer).values().stream().anyMatch(use -> use.writes() > 0);
    }

    Set<String> writersOf(String table) {
        return racersWho(racer -> byRacer.get(racer).get(table).writes() > 0);
    }

    private Set<String> readersOf(String table) {
        return racersWho(racer -> !readsAreKnown(racer)
                || byRacer.get(racer).get(table).scans() > 0
                || selects.read(racer, table));
    }

    private Set<String> racersWho(Predicate<String> condition) {
        var racers = new LinkedHashSet<String>();
        byRacer.keySet().stream().filter(condition).forEach(racers::add);
        return racers;
    }

    /** Tables that one racer writes and another one writes or reads, with the reason why each gets gates. */
    Map<String, String> contended() {
        var reasons = new LinkedHashMap<String, String>();
        watches.keySet().stream()
                .filter(this::isContended)
                .forEach(table -> reasons.put(table, reason(table, writersOf(table), readersOf(table))));
        return reasons;
    }

    private boolean isContended(String table) {
        var users = new LinkedHashSet<>(writersOf(table));
        if (users.isEmpty()) {
            return false;
        }
        users.addAll(readersOf(table));
        return users.size() > 1;
    }

    private String reason(String table, Set<String> writers, Set<String> readers) {
        var keys = session.query(
                """
                SELECT substring(pg_get_indexdef(indexrelid) FROM '\\((.*)$') FROM pg_index
                WHERE indrelid = ?::regclass AND indisunique ORDER BY 1
                """,
                row -> "(" + row.getString(1),
                table);
        return String.join(" and ", writers) + (writers.size() == 1 ? " writes it" : " write it")
                + (readers.isEmpty()
                        ? ""
                        : ", " + String.join(" and ", readers) + (readers.size() == 1 ? " reads it" : " read it")
                                + conditions(table, readers))
                + (keys.isEmpty() ? "; no unique index covers it" : "; unique are " + String.join(", ", keys));
    }

    private String conditions(String table, Set<String> readers) {
        var conditions = selects.conditionsOn(table, readers);
        return conditions.isEmpty() ? "" : " by " + String.join(" and by ", conditions);
    }

    List<String> written() {
        return watches.keySet().stream()
                .filter(table -> !writersOf(table).isEmpty())
                .toList();
    }

    /** Tables that only one racer uses: no gate there can change anything. */
    List<String> uncontended() {
        return written().stream().filter(table -> !isContended(table)).toList();
    }
}
