package dev.raceharness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** In which transaction each backend is, and what it locked there, from the lock view. What a relation is, it asks once. */
final class Transactions {

    /** What a lock means to others. */
    enum Kind {
        /** The backend is in this transaction. */
        TRANSACTION,
        /** It, or a savepoint in it, has written. */
        WRITER,
        /** It runs under SERIALIZABLE, where others may fail by what it read. */
        PREDICATE,
        /** A table is written. */
        WRITE,
        /** Rows are locked, for a foreign key or to keep others out, or a table as a whole is; or an advisory lock is held. */
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

    private static final String PREDICATE_LOCK = "SIReadLock";

    /** Those of this harness and of others, at whose gates racers ask, and those that every reader has, are left out. */
    private static final String LOCKS =
            """
            SELECT pid, locktype, mode, coalesce(relation, 0)::bigint AS relation,
                coalesce(virtualxid, transactionid::text) AS transaction
            FROM pg_locks
            WHERE granted AND pid = ANY (?)
                AND (locktype IN ('virtualxid', 'transactionid')
                    OR locktype = 'advisory' AND classid::bigint NOT BETWEEN ? AND ?
                        AND NOT EXISTS (SELECT FROM %s AS other WHERE classid::bigint BETWEEN key AND key + %d)
                    OR mode = 'SIReadLock'
                    OR locktype = 'relation' AND mode <> 'AccessShareLock')
            """
                    .formatted(Installation.HARNESSES, new Keys(0).liveness());

    private static final String RELATIONS =
            """
            SELECT oid::bigint, oid::regclass::text, relkind IN ('r', 'p') AND relnamespace <> ?::regnamespace
            FROM pg_class WHERE oid = ANY (?::bigint[]::oid[])
            """;

    private record Granted(int backend, String type, String mode, long relation, String transaction) {}

    /** @param isTable whether it is one of the application's */
    private record Relation(String name, boolean isTable) {}

    private final HarnessSession session;
    private final Installation installation;
    private final Map<String, String> canonicalNames = new HashMap<>();
    private final Map<Long, Relation> relations = new HashMap<>();

    Transactions(HarnessSession session, Installation installation) {
        this.session = session;
        this.installation = installation;
    }

    /** Of these backends, those in a transaction, and what they hold. */
    Map<Integer, Open> of(Set<Integer> backends) {
        var granted = session.query(
                LOCKS,
                row -> new Granted(
                        row.getInt("pid"), row.getString("locktype"), row.getString("mode"), row.getLong("relation"),
                        row.getString("transaction")),
                backends.toArray(Integer[]::new),
                installation.keys().key(),
                installation.keys().liveness());
        lookUp(granted);
        var open = new HashMap<Integer, Open>();
        granted.stream().collect(Collectors.groupingBy(Granted::backend)).forEach((backend, its) -> {
            var locks = its.stream().flatMap(lock -> lock(lock).stream()).collect(Collectors.toSet());
            if (!locks.isEmpty()) {
                open.put(backend, new Open(locks));
            }
        });
        return open;
    }

    private void lookUp(List<Granted> granted) {
        var unknown = granted.stream()
                .map(Granted::relation)
                .filter(oid -> oid != 0 && !relations.containsKey(oid))
                .distinct()
                .map(String::valueOf)
                .toArray(String[]::new);
        if (unknown.length > 0) {
            session.query(
                    RELATIONS,
                    row -> relations.put(row.getLong(1), new Relation(row.getString(2), row.getBoolean(3))),
                    installation.schema(),
                    unknown);
        }
    }

    /** Empty for one on an index, a sequence, or a table of the harness or one that nobody else can see yet. */
    private Optional<Lock> lock(Granted lock) {
        if (lock.type().equals("virtualxid")) {
            return Optional.of(new Lock(Kind.TRANSACTION, lock.transaction()));
        }
        if (lock.type().equals("transactionid")) {
            return Optional.of(new Lock(Kind.WRITER, lock.transaction()));
        }
        if (lock.type().equals("advisory")) {
            return Optional.of(new Lock(Kind.OTHER, ADVISORY_LOCKS));
        }
        var relation = relations.get(lock.relation());
        if (lock.mode().equals(PREDICATE_LOCK) && !lock.type().equals("relation")) {
            return Optional.of(new Lock(Kind.PREDICATE, relation == null ? "" : relation.name()));
        }
        return Optional.ofNullable(relation)
                .filter(Relation::isTable)
                .map(table -> new Lock(kind(lock.mode()), table.name()));
    }

    private static Kind kind(String mode) {
        return switch (mode) {
            case PREDICATE_LOCK -> Kind.PREDICATE;
            case "RowExclusiveLock" -> Kind.WRITE;
            default -> Kind.OTHER;
        };
    }

    /** The name by which {@link #of} calls this table. */
    String canonical(String table) {
        return canonicalNames.computeIfAbsent(
                table, name -> session.queryOne("SELECT ?::regclass::text", row -> row.getString(1), name));
    }
}
