package dev.raceharness;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The advisory locks by which the harness holds racers: it has them, they wait for them. */
final class GateLocks {

    private static final int ARRIVALS_ASKED_FOR = 3;

    /**
     * Somebody who has arrived in a slot.
     *
     * @param gate its number
     * @param backends of those that were asked for, those that are held now
     */
    record Arrival(int slot, int gate, List<Integer> backends) {}

    /** Whether somebody has a lock for itself, asked by trying to get it; what is got is given back at once. */
    private static final String IS_TAKEN =
            """
            CASE WHEN pg_try_advisory_lock_shared(%1$d, %2$s) THEN NOT pg_advisory_unlock_shared(%1$d, %2$s) ELSE true END""";

    private static final String ARRIVALS =
            """
            SELECT slot, coalesce((SELECT gate FROM unnest(?) AS gate WHERE %2$s LIMIT 1), 0),
                ARRAY(SELECT backend FROM unnest(?) AS backend WHERE %3$s)
            FROM unnest(?) AS slot WHERE %1$s
            """;
    private static final String UNLOCK = "SELECT pg_advisory_unlock(?, n) FROM unnest(?) AS n";
    private static final String UNLOCK_IF_WAITING =
            "SELECT n, pg_advisory_unlock(?, n) FROM unnest(?) AS n WHERE NOT EXISTS (" + Backends.NOT_WAITING + ")";
    private static final Duration TO_SHUT = Duration.ofSeconds(5);

    private final HarnessSession session;
    private final Keys keys;
    private final String arrivals;
    private final List<Integer> slots;
    private final Set<Integer> held = new TreeSet<>();
    private final Set<Integer> faulty = new TreeSet<>();
    private final Set<Integer> occupied = new TreeSet<>();
    private int faultCode;

    GateLocks(HarnessSession session, Keys keys, int slots) {
        this.session = session;
        this.keys = keys;
        this.arrivals = ARRIVALS.formatted(
                IS_TAKEN.formatted(keys.arrivals(), "slot"),
                IS_TAKEN.formatted(keys.announcements(), "slot * 256 + gate"),
                IS_TAKEN.formatted(keys.heldBackends(), "backend"));
        this.slots = IntStream.range(Keys.FIRST_SLOT, Keys.FIRST_SLOT + slots)
                .boxed()
                .toList();
    }

    /** Shuts these gates: from now on whoever arrives is held. */
    void shut(Collection<Integer> gates) {
        // In this order: nobody is to arrive before there are slots, nor to be let through before the gates are shut.
        var all = Stream.of(List.of(Keys.DOOR, Keys.RACE), slots, gates)
                .flatMap(Collection::stream)
                .toList();
        occupied.clear();
        var wanted = all.stream().filter(lock -> lock < Keys.FIRST_SLOT).toList();
        if (!Patience.await(TO_SHUT, () -> {
            acquire(all);
            if (held.containsAll(wanted) && hasEnoughSlots()) {
                return true;
            }
            // Who keeps a gate from being shut may be held at another one by now, and would never get out of the way.
            openAll();
            return false;
        })) {
            throw new RaceSetupException("The gates cannot be shut: for " + TO_SHUT.toSeconds()
                    + " s a transaction that wrote a gated table before the race has been open. End it first; its"
                    + " backend: " + holders());
        }
    }

    /**
     * Who has arrived in the slot that the last of so many is to take, and in the few after it: arrivals take the lowest
     * that is free. Cheap.
     *
     * @param gates at which they can be
     * @param backends in which they may be
     */
    List<Arrival> arrivals(int expected, Collection<Integer> gates, Integer[] backends) {
        return session.query(
                arrivals,
                row -> new Arrival(row.getInt(1), row.getInt(2), List.of((Integer[]) row.getArray(3).getArray())),
                gates.toArray(Integer[]::new),
                backends,
                free().skip(expected - 1).limit(ARRIVALS_ASKED_FOR).toArray(Integer[]::new));
    }

    /** The slots that the next arrivals take, so many, in this order. */
    List<Integer> next(int many) {
        return free().limit(many).toList();
    }

    private Stream<Integer> free() {
        return held.stream().filter(lock -> lock >= Keys.FIRST_SLOT && !occupied.contains(lock));
    }

    /** Somebody is in this slot. */
    void occupied(int slot) {
        occupied.add(slot);
    }

    /**
     * Takes what can be had at once, but for the slot of a racer that has not passed yet: one that has said that it is there,
     * and was let go before it began to wait, would be held once more.
     */
    private void acquire(List<Integer> wanted) {
        var missing = wanted.stream().filter(lock -> !held.contains(lock)).toArray(Integer[]::new);
        if (missing.length > 0) {
            held.addAll(session.query(
                    "SELECT n FROM unnest(?) AS n WHERE CASE WHEN " + IS_TAKEN.formatted(keys.arrivals(), "n")
                            + " THEN false ELSE pg_try_advisory_lock(?, n) END",
                    row -> row.getInt(1),
                    missing,
                    keys.key()));
        }
    }

    /** A racer that an earlier race left behind may keep its slot for ever. */
    private boolean hasEnoughSlots() {
        return slotsHeld() >= slots.size() / 2;
    }

    private List<String> holders() {
        return session.query(
                """
                SELECT DISTINCT coalesce(a.pid || ' (' || a.state || ', ' || left(a.query, 80) || ')',
                                         'a prepared transaction: see pg_prepared_xacts')
                FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
                WHERE l.locktype = 'advisory' AND l.classid = ?::oid AND l.granted
                    AND l.pid IS DISTINCT FROM pg_backend_pid()
                """,
                row -> row.getString(1),
                keys.key());
    }

    /** Lets the racer in this slot go on. */
    void open(int slot) {
        release(List.of(slot));
    }

    /** As {@link #open}, together with the next question that the server is asked. */
    void openWithNextQuestion(int slot) {
        releaseWithNextQuestion(List.of(slot));
    }

    /** Makes the racer in this slot fail with this SQLSTATE. */
    void openWithFault(int slot, String sqlState) {
        call("pg_try_advisory_lock", keys.faults(), slot);
        call("pg_try_advisory_lock", keys.faultCodes(), Integer.parseInt(sqlState, 36));
        open(slot);
        faulty.add(slot);
        faultCode = Integer.parseInt(sqlState, 36);
    }

    /** Once the racer has failed; others then pass again. */
    void forgetFault() {
        faulty.forEach(slot -> call("pg_advisory_unlock", keys.faults(), slot));
        if (!faulty.isEmpty()) {
            call("pg_advisory_unlock", keys.faultCodes(), faultCode);
        }
        faulty.clear();
    }

    private void call(String function, int key, int object) {
        session.queryOne("SELECT " + function + "(?, ?)", row -> row.getBoolean(1), key, object);
    }

    /** Lets everybody go on and holds nobody any more; the race is still on, for the counts. */
    void openAll() {
        release(doorAndSlots());
    }

    /** As {@link #openAll}, if all of these backends wait for a lock. Whether they do. */
    boolean openAllIfWaiting(Collection<Integer> backends) {
        var locks = doorAndSlots();
        var opened = session.query(
                UNLOCK_IF_WAITING,
                row -> row.getInt(1),
                keys.key(),
                locks.toArray(Integer[]::new),
                backends.toArray(Integer[]::new));
        forget(opened);
        return !opened.isEmpty();
    }

    private List<Integer> doorAndSlots() {
        return held.stream()
                .filter(lock -> lock == Keys.DOOR || lock >= Keys.FIRST_SLOT)
                .toList();
    }

    /** Shuts slots again that racers have left, so that there are always some for the next arrivals. */
    void refill() {
        if (held.contains(Keys.DOOR) && slotsHeld() <= slots.size() / 2) {
            acquire(slots);
        }
    }

    private long slotsHeld() {
        return held.stream().filter(lock -> lock >= Keys.FIRST_SLOT).count();
    }

    /** Takes effect when the server is next asked something: before the evidence, or before another harness has its turn. */
    void endRace() {
        forgetFault();
        releaseWithNextQuestion(List.copyOf(held));
    }

    private void release(List<Integer> locks) {
        if (!locks.isEmpty()) {
            releaseWithNextQuestion(locks);
            session.batch().send();
        }
    }

    private void releaseWithNextQuestion(List<Integer> locks) {
        session.withNext().ask(UNLOCK, row -> "", keys.key(), locks.toArray(Integer[]::new));
        forget(locks);
    }

    private void forget(List<Integer> locks) {
        locks.forEach(held::remove);
        locks.forEach(occupied::remove);
    }
}
