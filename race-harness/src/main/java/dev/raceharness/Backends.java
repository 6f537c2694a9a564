package dev.raceharness;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the server says about backends that wait. All of it is stable until the harness acts, once all racers wait. */
final class Backends {

    /**
     * Everybody who cannot move until the harness acts: whoever waits for the harness, and, transitively, whoever waits
     * for one of those. Whoever waits for the harness now, but not for a slot when pg_locks was read, has moved between:
     * the next look will tell. Of several who want one row that the harness has locked, the first waits for the harness and the
     * others queue for the row behind the first: all of them are at the gate.
     */
    private static final String EVERYWHERE =
            """
            WITH RECURSIVE locks AS MATERIALIZED (
                SELECT pid, locktype, classid::bigint AS class, objid::bigint AS object, granted, waitstart FROM pg_locks
                WHERE NOT granted OR locktype = 'advisory' AND classid = %2$d::oid),
            blocked AS MATERIALIZED (
                SELECT pid, coalesce(max(object) FILTER (WHERE locktype = 'advisory' AND class = %1$d), -1) AS slot,
                    bool_or(locktype = 'tuple') AS queued, min(waitstart) AS since
                FROM locks WHERE NOT granted AND pid IS NOT NULL GROUP BY pid),
            held AS MATERIALIZED (
                SELECT pid, slot, since, blockers, queued, (
                    SELECT min(h) FROM unnest(blockers) AS h
                    WHERE h IN (%4$s) AND (h <> %3$d OR slot >= 0)) AS holder
                FROM blocked, LATERAL (
                    SELECT CASE WHEN slot >= 0 THEN ARRAY[%3$d] ELSE pg_blocking_pids(pid) END AS blockers) AS b),
            standing (pid, slot, since, holder, behind) AS (
                SELECT pid, slot, since, holder, 0 FROM held WHERE holder IS NOT NULL
                UNION
                SELECT h.pid, 0::bigint, h.since, CASE WHEN at_the_row THEN s.holder ELSE 0 END,
                    CASE WHEN at_the_row THEN 0 ELSE s.pid END
                FROM held h JOIN standing s ON s.pid = ANY (h.blockers),
                    LATERAL (SELECT h.queued AND s.holder NOT IN (0, %3$d) AS at_the_row) AS l
                WHERE h.holder IS NULL)
            SELECT s.pid, max(s.slot) AS slot, coalesce(max(a.object %% 256), 0) AS gate, max(s.holder) AS holder,
                min(s.behind) AS behind,
                coalesce(extract(epoch FROM statement_timestamp() - min(s.since)) * 1e6, 0)::bigint AS waited
            FROM standing s LEFT JOIN locks a ON a.pid = s.pid AND a.granted AND a.object / 256 = s.slot
            GROUP BY s.pid ORDER BY behind
            """;

    /**
     * What pg_stat_activity shows, without the names of databases and roles. A role that may not see how sessions of others are
     * doing finds no state there: for these the lock view alone decides.
     */
    static final String NOT_WAITING =
            """
            SELECT suspect FROM unnest(?) AS suspect WHERE NOT EXISTS (
                SELECT FROM pg_stat_get_activity(suspect) AS a WHERE a.wait_event_type = 'Lock' OR a.state IS NULL)
            """;

    private static final Duration TO_NOTICE = Duration.ofSeconds(5);

    private final HarnessSession session;
    private final Map<Integer, Gate> gates;
    private final GateLocks locks;
    private final KnownBackends known;
    private final Map<Integer, Holder> holders = new HashMap<>();
    private final String everywhere;

    /** @param gates the gates of the race by their numbers; those that the harness holds itself are in holders */
    Backends(
            HarnessSession session,
            Keys keys,
            GateLocks locks,
            Map<Integer, Gate> gates,
            List<Holder> holders,
            KnownBackends known) {
        this.session = session;
        this.gates = gates;
        this.locks = locks;
        this.known = known;
        holders.forEach(holder -> this.holders.put(holder.backend(), holder));
        this.everywhere = EVERYWHERE.formatted(
                keys.key(),
                keys.announcements(),
                session.backend(),
                session.backend()
                        + this.holders.keySet().stream().map(backend -> ", " + backend).collect(Collectors.joining()));
    }

    /** Who waits where. Reads all locks of the server. */
    List<Standing> look() {
        return session
                .query(
                        everywhere,
                        row -> standing(
                                row.getInt("pid"), row.getInt("slot"), row.getInt("gate"), row.getInt("holder"),
                                row.getInt("behind"), row.getLong("waited")))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Empty for somebody who moved between the look at the locks and the question who is in the way, as the survivor of a
     * deadlock does: it waited for another, and waits for the harness now.
     */
    private Optional<Standing> standing(int backend, int slot, int gate, int holder, int behind, long waitedMicros) {
        if (behind != 0) {
            return Optional.of(Standing.behind(backend, behind, Duration.of(waitedMicros, ChronoUnit.MICROS)));
        }
        var heldBy = holders.get(holder);
        if (heldBy != null) {
            return Optional.of(Standing.atGate(backend, heldBy));
        }
        var at = gates.get(gate);
        if (at == null && slot < 0) {
            return Optional.empty();
        }
        if (at == null) {
            throw new RaceSetupException("More sessions arrived at the gates than the harness has slots for.");
        }
        locks.occupied(slot);
        known.saw(backend);
        return Optional.of(Standing.atGate(backend, new SlotHold(at, slot, locks)));
    }

    /** How many of these backends have not ended since. */
    int stillThere(Integer[] seen) {
        return session.queryOne(
                "SELECT count(*) FROM pg_stat_get_activity(NULL) AS a WHERE a.pid = ANY (?)",
                row -> row.getInt(1),
                (Object) seen);
    }

    /** The statement in which this backend is, in one line; from the activity view. */
    String statement(int backend) {
        return session
                .query(
                        "SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 200) FROM pg_stat_activity WHERE pid = ?",
                        row -> row.getString(1),
                        backend)
                .stream()
                .findFirst()
                .orElse("(its session is gone)");
    }

    /** Of these backends, those of which the activity view does not confirm that they wait for a lock. */
    List<Integer> notWaiting(Collection<Integer> suspects) {
        return session.query(NOT_WAITING, row -> row.getInt(1), (Object) suspects.toArray(Integer[]::new));
    }

    void strike(int backend, Fault fault) {
        if (fault instanceof Fault.Terminate) {
            session.queryOne("SELECT pg_terminate_backend(?)", row -> row.getBoolean(1), backend);
            Patience.keepAsking(TO_NOTICE, () -> isGone(backend));
        } else {
            var wait = waits(backend);
            session.queryOne("SELECT pg_cancel_backend(?)", row -> row.getBoolean(1), backend);
            Patience.keepAsking(TO_NOTICE, () -> !waits(backend).equals(wait));
        }
    }

    /** Its transaction is rolled back and its locks are free by then. The server's own way to wait looks every 100 ms. */
    private boolean isGone(int backend) {
        return session.query("SELECT FROM pg_stat_get_activity(?)", row -> "", backend).isEmpty();
    }

    /** Since when it waits; a signal takes a moment, in which it would seem to have arrived at the gate once more. */
    private List<String> waits(int backend) {
        return session.query(
                "SELECT waitstart::text FROM pg_locks WHERE pid = ? AND NOT granted", row -> row.getString(1), backend);
    }
}
