package dev.raceharness;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In which transaction each racer's backend is, and which tables it wrote or locked there, from the lock view. */
final class Transactions {

    /** Rows that a foreign key refers to are only locked against being deleted, which racers share. */
    private static final String LOCKED =
            """
            WITH locks AS MATERIALIZED (
                SELECT l.pid, l.virtualtransaction, l.mode, l.locktype, l.relation FROM pg_locks l
                WHERE l.granted AND l.pid = ANY (?)
                    AND (l.locktype = 'advisory' AND l.classid::bigint NOT BETWEEN ? AND ? OR l.locktype = 'relation'))
            SELECT l.pid, l.virtualtransaction, l.mode,
                CASE WHEN l.locktype = 'advisory' THEN 'advisory locks' ELSE c.oid::regclass::text END AS what
            FROM locks l LEFT JOIN pg_class c ON c.oid = l.relation
            WHERE l.locktype = 'advisory' OR l.mode = 'SIReadLock' OR l.mode = 'AccessShareLock'
                OR c.relkind IN ('r', 'p') AND c.relnamespace <> ?::regnamespace
                    AND NOT (l.mode = 'RowShareLock' AND EXISTS (
                        SELECT FROM pg_constraint f JOIN locks w ON w.relation = f.conrelid
                        WHERE f.contype = 'f' AND f.confrelid = l.relation AND w.pid = l.pid
                            AND w.mode = 'RowExclusiveLock'))
            """;

    /** @param serializable whether it runs under SERIALIZABLE, where also reads of others matter */
    record Open(String transaction, Set<String> lockedTables, boolean serializable) {}

    private final HarnessSession session;
    private final Installation installation;
    private final Map<String, String> canonicalNames = new HashMap<>();

    Transactions(HarnessSession session, Installation installation) {
        this.session = session;
        this.installation = installation;
    }

    /** The open transactions of these backends. */
    Map<Integer, Open> of(List<Integer> backends) {
        var found = new HashMap<Integer, Open>();
        session.query(
                LOCKED,
                row -> found.merge(
                        row.getInt("pid"),
                        open(row.getString("virtualtransaction"), row.getString("mode"), row.getString("what")),
                        Transactions::merge),
                backends.toArray(Integer[]::new),
                installation.keys().key(),
                installation.keys().liveness(),
                installation.schema());
        return found;
    }

    /** The name by which {@link #of} calls this table. */
    String canonical(String table) {
        return canonicalNames.computeIfAbsent(
                table, name -> session.queryOne("SELECT ?::regclass::text", row -> row.getString(1), name));
    }

    private static Open open(String transaction, String mode, String what) {
        var locked = mode.equals("AccessShareLock") || mode.equals("SIReadLock") ? Set.<String>of() : Set.of(what);
        return new Open(transaction, locked, mode.equals("SIReadLock"));
    }

    private static Open merge(Open one, Open other) {
        var locked = new HashSet<>(one.lockedTables());
        locked.addAll(other.lockedTables());
        return new Open(one.transaction(), locked, one.serializable() || other.serializable());
    }
}
