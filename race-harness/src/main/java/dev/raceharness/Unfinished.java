package dev.raceharness;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A transaction that has not ended when its race is over: its figures are still to come.
 *
 * @param backend whose it is; 0 of a prepared one
 * @param hidden whether that is only feared, since the harness's role may not see what this backend does
 */
record Unfinished(String name, int backend, boolean hidden) {

    private static final String BACKEND = "backend ";

    /**
     * @param backends those of the racers
     * @param since how long ago the race began: what was prepared before is none of its
     */
    static Batch.Answer<Unfinished> ask(Batch batch, Set<Integer> backends, Duration since) {
        return batch.ask(
                """
                SELECT ? || a.pid, a.pid, a.state IS NULL
                FROM unnest(?) AS backend, pg_stat_get_activity(backend) AS a WHERE a.state IS DISTINCT FROM 'idle'
                UNION ALL
                SELECT 'prepared transaction ' || gid, 0, false FROM pg_prepared_xact()
                WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND prepared > clock_timestamp() - ? * interval '1 microsecond'
                """,
                row -> new Unfinished(row.getString(1), row.getInt(2), row.getBoolean(3)),
                BACKEND,
                backends.toArray(Integer[]::new),
                since.toNanos() / 1000);
    }

    static String nameOf(int backend) {
        return BACKEND + backend;
    }

    static Set<Integer> backends(List<Unfinished> all, boolean hidden) {
        return those(all, hidden).map(Unfinished::backend).filter(backend -> backend != 0).collect(Collectors.toSet());
    }

    static List<String> names(List<Unfinished> all, boolean hidden) {
        return those(all, hidden).map(Unfinished::name).toList();
    }

    private static Stream<Unfinished> those(List<Unfinished> all, boolean hidden) {
        return all.stream().filter(found -> found.hidden() == hidden);
    }
}
