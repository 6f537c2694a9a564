package dev.raceharness;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** In which transaction each backend is, and what it locked there, from the lock view. */
final class Transactions {

    /** What a lock means to others. */
    enum Kind {
        /** The backend is in this transaction. */
        TRANSACTION,
        /** It, or a savepoint in it, has written. */
        WRITER,
        /** It runs under SERIALIZABLE, where others may fail by what it read. */
        PREDICATE,
        /** A row that a foreign key refers to is locked against being deleted. */
        KEY_SHARE,
        /** A table is written. */
        WRITE,
        /** Rows are locked, or a table is locked as a whole, or an advisory lock is held. */
        OTHER
    }

    record Lock(Kind kind, String what) {}

    /** What one backend holds. */
    record Open(Set<Lock> locks) {

        Set<String> all(Kind kind) {
            return locks.stream().filter(lock -> lock.kind() == kind).map(Lock::what).collect(Collectors.toSet());
        }
    }

    static final String ADVISORY_LOCKS = "advisory locks";

    /** Only locks on tables; those of the harness, and those that every reader has, are left out. */
    private static final String LOCKS =
            """
            WITH locks AS MATERIALIZED (
                SELECT l.pid, l.mode, l.locktype, l.relation, l.virtualxid, l.transactionid FROM pg_locks l
                WHERE l.granted AND l.pid = ANY (?)
                    AND (l.locktype IN ('virtualxid', 'transactionid')
                        OR l.locktype = 'advisory' AND l.classid::bigint NOT BETWEEN ? AND ?
                        OR l.mode = 'SIReadLock'
                        OR l.locktype = 'relation' AND l.mode <> 'AccessShareLock'))
            SELECT l.pid,
                CASE WHEN l.locktype = 'virtualxid' THEN 'TRANSACTION'
                    WHEN l.locktype = 'transactionid' THEN 'WRITER'
                    WHEN l.mode = 'SIReadLock' THEN 'PREDICATE'
                    WHEN l.mode = 'RowExclusiveLock' THEN 'WRITE'
                    WHEN l.mode = 'RowShareLock' AND EXISTS (
                        SELECT FROM pg_constraint f JOIN locks w ON w.relation = f.conrelid
                        WHERE f.contype = 'f' AND f.confrelid = l.relation AND w.pid = l.pid
                            AND w.mode = 'RowExclusiveLock') THEN 'KEY_SHARE'
                    ELSE 'OTHER' END AS kind,
                CASE WHEN l.locktype = 'advisory' THEN '%s'
                    ELSE coalesce(l.virtualxid, l.transactionid::text, c.oid::regclass::text, '') END AS what
            FROM locks l LEFT JOIN pg_class c ON c.oid = l.relation
            WHERE l.locktype <> 'relation' OR c.relkind IN ('r', 'p') AND c.relnamespace <> ?::regnamespace
            """
                    .formatted(ADVISORY_LOCKS);

    private final HarnessSession session;
    private final Installation installation;
    private final Map<String, String> canonicalNames = new HashMap<>();

    Transactions(HarnessSession session, Installation installation) {
        this.session = session;
        this.installation = installation;
    }

    /** Of these backends, those in a transaction, and what they hold. */
    Map<Integer, Open> of(Set<Integer> backends) {
        var found = new HashMap<Integer, Set<Lock>>();
        session.query(
                LOCKS,
                row -> found.computeIfAbsent(row.getInt("pid"), pid -> new HashSet<>())
                        .add(new Lock(Kind.valueOf(row.getString("kind")), row.getString("what"))),
                backends.toArray(Integer[]::new),
                installation.keys().key(),
                installation.keys().liveness(),
                installation.schema());
        return found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> new Open(entry.getValue())));
    }

    /** The name by which {@link #of} calls this table. */
    String canonical(String table) {
        return canonicalNames.computeIfAbsent(
                table, name -> session.queryOne("SELECT ?::regclass::text", row -> row.getString(1), name));
    }
}
