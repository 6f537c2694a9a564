package dev.raceharness;

import java.util.List;

/** What the server says about backends that wait. All of it is stable until the harness acts, once all racers wait. */
final class Backends {

    /** Cheap: only who waits at a gate. */
    private static final String AT_GATES =
            """
            WITH locks AS MATERIALIZED (
                SELECT pid, classid::bigint AS class, objid::bigint AS object, granted FROM pg_locks
                WHERE locktype = 'advisory' AND classid IN (%1$d::oid, %2$d::oid)
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
            SELECT w.pid, w.object AS slot, coalesce(a.object %% 256, 0) AS gate, 0 AS behind
            FROM locks w LEFT JOIN locks a ON a.pid = w.pid AND a.class = %2$d AND a.object / 256 = w.object
            WHERE w.class = %1$d AND NOT w.granted
            """;

    /**
     * Everybody who cannot move until the harness acts: whoever waits for the harness, and, transitively, whoever waits
     * for one of those.
     */
    private static final String ALL =
            """
            WITH RECURSIVE locks AS MATERIALIZED (
                SELECT pid, locktype, classid::bigint AS class, objid::bigint AS object, granted FROM pg_locks
                WHERE NOT granted OR locktype = 'advisory' AND classid = %2$d::oid),
            blocked AS MATERIALIZED (
                SELECT pid, coalesce(max(object) FILTER (WHERE locktype = 'advisory' AND class = %1$d), 0) AS slot,
                       pg_blocking_pids(pid) AS blockers
                FROM locks WHERE NOT granted AND pid IS NOT NULL GROUP BY pid),
            standing (pid, slot, behind) AS (
                SELECT pid, slot, 0 FROM blocked WHERE %3$d = ANY (blockers)
                UNION
                SELECT b.pid, 0, s.pid FROM blocked b JOIN standing s ON s.pid = ANY (b.blockers)
                WHERE NOT %3$d = ANY (b.blockers))
            SELECT s.pid, max(s.slot) AS slot, coalesce(max(a.object %% 256), 0) AS gate, min(s.behind) AS behind
            FROM standing s LEFT JOIN locks a ON a.pid = s.pid AND a.granted AND a.object / 256 = s.slot
            GROUP BY s.pid
            """;

    /** How often in turn only the cheap question is asked. */
    private static final int CHEAP_LOOKS = 3;

    private final HarnessSession session;
    private final String atGates;
    private final String all;
    private int looks;

    Backends(HarnessSession session, Keys keys) {
        this.session = session;
        this.atGates = AT_GATES.formatted(keys.key(), keys.announcements());
        this.all = ALL.formatted(keys.key(), keys.announcements(), session.backend());
    }

    /** Who waits at a gate and, every few looks, also who waits behind somebody. */
    List<Standing> look() {
        return ++looks % (CHEAP_LOOKS + 1) == 0 ? lookAtAll() : query(atGates);
    }

    List<Standing> lookAtAll() {
        return query(all);
    }

    private List<Standing> query(String sql) {
        return session.query(
                sql,
                row -> new Standing(row.getInt("pid"), row.getInt("slot"), row.getInt("gate"), row.getInt("behind")));
    }

    /** What the activity view says about this backend, for people. */
    Activity activity(int backend) {
        return session
                .query(
                        """
                        SELECT state, wait_event_type, wait_event, left(regexp_replace(query, '\\s+', ' ', 'g'), 200)
                        FROM pg_stat_activity WHERE pid = ?
                        """,
                        row -> new Activity(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                        backend)
                .stream()
                .findFirst()
                .orElse(Activity.GONE);
    }

    /** One row of pg_stat_activity. */
    record Activity(String state, String waitEventType, String waitEvent, String query) {

        static final Activity GONE = new Activity("gone", "", "", "");

        boolean waitsForLock() {
            return "Lock".equals(waitEventType);
        }
    }
}
