package dev.raceharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The server's own log in its JSON form: the only place where PostgreSQL says which constraint a swallowed violation
 * hit. Reading it needs superuser, or pg_read_server_files with EXECUTE on pg_read_file and pg_current_logfile.
 */
final class ServerLog {

    private static final Duration TO_REACH_THE_FILE = Duration.ofSeconds(5);

    /** So many bytes are read without asking how many there are. */
    private static final int USUALLY_ENOUGH = 1 << 20;

    private static final String READ =
            """
            SELECT entry ->> 'state_code', entry ->> 'pid', entry ->> 'message', entry ->> 'statement'
            -- The last line may not have been written to its end, and the first one have begun before.
            FROM unnest(trim_array(string_to_array(E'\\n' || pg_read_file(?, ?, ?), E'\\n'), 1)) AS line,
                 LATERAL (SELECT CASE WHEN line LIKE '{"timestamp":%' THEN line::jsonb END AS entry) AS parsed
            WHERE entry ->> 'dbname' = current_database()
                AND (entry ->> 'error_severity' IN ('ERROR', 'FATAL', 'PANIC')
                        AND entry ->> 'application_name' IS DISTINCT FROM 'race-harness'
                    OR entry ->> 'message' IN (?, ?))
            """;

    private static final String LOGS =
            """
            current_setting('logging_collector') = 'on' AND current_setting('log_destination') LIKE '%jsonlog%'
                AND current_setting('log_min_messages') NOT IN ('log', 'fatal', 'panic')
            """;

    /** What watch.sql lets every statement write that a racer executes on a watched table. */
    private static final String RACER_WRITES = "race-harness: a racer writes";

    /**
     * @param errors of all sessions of the database but the harness's
     * @param writers backends in which racers wrote to watched tables
     */
    record Entries(List<SqlError> errors, Set<Integer> writers) {}

    /** A place in the log: everything before it is of no interest. */
    private record Position(String file, long offset, boolean isOfServerThatLogs) {}

    private final HarnessSession session;
    private final Position start;

    private ServerLog(HarnessSession session, Position start) {
        this.session = session;
        this.start = start;
    }

    /** The log from now on, or why it cannot be read. */
    static Reading fromNowOn(HarnessSession session) {
        try {
            return reading(session, Optional.of(end(session)));
        } catch (RaceSetupException e) {
            return reading(session, Optional.empty());
        }
    }

    private static Reading reading(HarnessSession session, Optional<Position> start) {
        if (start.isPresent() && start.get().isOfServerThatLogs()) {
            return new Reading(Optional.of(new ServerLog(session, start.get())), "");
        }
        var logs = session.queryOne("SELECT " + LOGS, row -> row.getBoolean(1));
        return new Reading(
                Optional.empty(),
                logs
                        ? "the harness's role may not read the server's log (pg_read_server_files, EXECUTE on pg_read_file)"
                        : "the server writes no jsonlog (logging_collector=on, log_destination=jsonlog)");
    }

    /** @param obstacle why there is no log, for people */
    record Reading(Optional<ServerLog> log, String obstacle) {}

    private static Position end(HarnessSession session) {
        return session.queryOne(
                "SELECT file, (pg_stat_file(file)).size, " + LOGS + " FROM pg_current_logfile('jsonlog') AS file",
                row -> new Position(String.valueOf(row.getString(1)), row.getLong(2), row.getBoolean(3)));
    }

    /**
     * All errors since this log was opened. They are complete: the harness writes a line of its own and reads until that
     * line is in the file, and the server puts lines into the file in the order in which they were written.
     */
    Entries entries() {
        var mark = "race-harness was here: " + UUID.randomUUID();
        session.execute("DO $$ BEGIN RAISE LOG '" + mark + "'; END $$");
        var found = new ArrayList<SqlError>();
        if (!Patience.await(TO_REACH_THE_FILE, () -> readUntil(mark, found))) {
            throw new RaceSetupException("The server's log did not show the harness's own line within "
                    + TO_REACH_THE_FILE.toSeconds() + " s; is its disk full?");
        }
        var byKind = found.stream()
                .collect(Collectors.partitioningBy(entry -> entry.message().equals(RACER_WRITES)));
        return new Entries(
                byKind.get(false), byKind.get(true).stream().map(SqlError::backend).collect(Collectors.toSet()));
    }

    /** Whether the mark is in the log already; if so, the entries before it were added. */
    private boolean readUntil(String mark, List<SqlError> entries) {
        return addIfComplete(read(start.file(), start.offset(), start.offset() + USUALLY_ENOUGH, mark), mark, entries)
                || addIfComplete(readToTheEnd(mark), mark, entries);
    }

    private static boolean addIfComplete(List<SqlError> lines, String mark, List<SqlError> entries) {
        var complete = lines.removeIf(line -> line.message().equals(mark));
        if (complete) {
            entries.addAll(lines);
        }
        return complete;
    }

    private List<SqlError> readToTheEnd(String mark) {
        var end = end(session);
        if (end.file().equals(start.file())) {
            return read(start.file(), start.offset(), end.offset(), mark);
        }
        var lines = read(start.file(), start.offset(), Integer.MAX_VALUE / 2, mark);
        lines.addAll(read(end.file(), 0, end.offset(), mark));
        return lines;
    }

    private List<SqlError> read(String file, long from, long to, String mark) {
        if (to <= from) {
            return new ArrayList<>();
        }
        return session.query(
                READ,
                row -> new SqlError(
                        row.getString(1),
                        Optional.empty(),
                        Integer.parseInt(row.getString(2)),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)).orElse("")),
                file,
                from,
                to - from,
                mark,
                RACER_WRITES);
    }
}
