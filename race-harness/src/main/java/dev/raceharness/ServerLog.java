package dev.raceharness;

import java.sql.ResultSet;
import java.sql.SQLException;
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

    /** So many bytes are read without asking how many there are. */
    private static final int USUALLY_ENOUGH = 1 << 20;

    /** The server reads no more than 1 GB at once. */
    private static final int A_WHOLE_FILE = 1 << 29;

    /** Of a part of a file. Its last line may not have been written to its end, and the first one have begun before. */
    static final String LINES = "unnest(trim_array(string_to_array(E'\\n' || pg_read_file(?, ?, ?), E'\\n'), 1))";

    /** The conditions on the text come first: most lines are not worth being parsed; OFFSET 0, and none is parsed twice. */
    private static final String READ =
            """
            SELECT entry ->> 'state_code', entry ->> 'pid', entry ->> 'message', entry ->> 'statement'
            FROM %s AS line,
                 LATERAL (SELECT CASE WHEN line LIKE '{"timestamp":%%' AND (line LIKE '%%race-harness%%'
                     OR line LIKE '%%"error_severity":"ERROR"%%' OR line LIKE '%%"error_severity":"FATAL"%%'
                     OR line LIKE '%%"error_severity":"PANIC"%%') THEN line::jsonb END AS entry OFFSET 0) AS parsed
            WHERE entry ->> 'dbname' = current_database()
                AND (entry ->> 'error_severity' IN ('ERROR', 'FATAL', 'PANIC')
                        AND entry ->> 'application_name' IS DISTINCT FROM 'race-harness'
                    OR entry ->> 'message' IN (?, ?))
            """
                    .formatted(LINES);

    private static final String LOGS =
            """
            current_setting('logging_collector') = 'on' AND current_setting('log_destination') LIKE '%jsonlog%'
                AND current_setting('log_min_messages') NOT IN ('log', 'fatal', 'panic')
            """;

    private static final String END =
            "SELECT file, (pg_stat_file(file)).size, " + LOGS + " FROM pg_current_logfile('jsonlog') AS file";

    /** What watch.sql lets a racer write that was not held. */
    private static final String RACER_WRITES = "race-harness: a racer writes";

    /** Whether a harness can read the log of its server, and if not, why, for people. */
    record Access(boolean granted, String obstacle) {

        static Access of(HarnessSession session) {
            try {
                if (session.queryOne(END, ServerLog::position).isOfServerThatLogs()) {
                    return new Access(true, "");
                }
            } catch (RaceSetupException e) {
                // The role may not. Why else would show in every other statement, too.
            }
            var logs = session.queryOne("SELECT " + LOGS, row -> row.getBoolean(1));
            return new Access(
                    false,
                    logs
                            ? "the harness's role may not read the server's log (pg_read_server_files, EXECUTE on pg_read_file)"
                            : "the server writes no jsonlog (logging_collector=on, log_destination=jsonlog)");
        }
    }

    /**
     * @param errors of all sessions of the database but the harness's
     * @param writers backends in which racers wrote to watched tables without having been held
     */
    record Entries(List<SqlError> errors, Set<Integer> writers) {}

    /** A place in the log: everything before it is of no interest. */
    private record Position(String file, long offset, boolean isOfServerThatLogs) {}

    private final HarnessSession session;
    private final String mark = "race-harness was here: " + UUID.randomUUID();
    private final Batch.Answer<Position> start;
    private int looks;

    private ServerLog(HarnessSession session, Batch.Answer<Position> start) {
        this.session = session;
        this.start = start;
    }

    /** The log from the moment on in which this batch is sent. */
    static ServerLog from(Batch batch, HarnessSession session) {
        return new ServerLog(session, batch.ask(END, ServerLog::position));
    }

    private static Position position(ResultSet row) throws SQLException {
        return new Position(String.valueOf(row.getString(1)), row.getLong(2), row.getBoolean(3));
    }

    /** The harness writes a line of its own: the server puts lines into the file in the order in which they were written. */
    void mark(Batch batch, String schema) {
        batch.ask("SELECT " + schema + ".mark(?)", row -> "", mark);
    }

    Batch.Answer<SqlError> read(Batch batch) {
        var from = start.rows().get(0);
        return read(batch, from.file(), from.offset(), USUALLY_ENOUGH);
    }

    /** All errors since this log was opened; empty if the mark, and so perhaps others, are not in these lines. */
    Optional<Entries> entries(List<SqlError> lines) {
        // The file may have been changed, or be longer than usual.
        var all = hasMark(lines) || ++looks % 2 == 1 ? lines : readToTheEnd();
        if (!hasMark(all)) {
            return Optional.empty();
        }
        var byKind = all.stream()
                .filter(line -> !line.message().equals(mark))
                .collect(Collectors.partitioningBy(line -> line.message().equals(RACER_WRITES)));
        return Optional.of(new Entries(
                byKind.get(false), byKind.get(true).stream().map(SqlError::backend).collect(Collectors.toSet())));
    }

    private boolean hasMark(List<SqlError> lines) {
        return lines.stream().anyMatch(line -> line.message().equals(mark));
    }

    private List<SqlError> readToTheEnd() {
        var from = start.rows().get(0);
        var end = session.queryOne(END, ServerLog::position);
        if (end.file().equals(from.file())) {
            return read(from.file(), from.offset(), end.offset() - from.offset());
        }
        var lines = new ArrayList<>(read(from.file(), from.offset(), A_WHOLE_FILE));
        lines.addAll(read(end.file(), 0, end.offset()));
        return lines;
    }

    private List<SqlError> read(String file, long offset, long length) {
        var batch = session.batch();
        var lines = read(batch, file, offset, length);
        batch.send();
        return lines.rows();
    }

    private Batch.Answer<SqlError> read(Batch batch, String file, long offset, long length) {
        return batch.ask(
                READ,
                row -> new SqlError(
                        row.getString(1),
                        Optional.empty(),
                        Integer.parseInt(row.getString(2)),
                        row.getString(3),
                        Optional.ofNullable(row.getString(4)).orElse("")),
                file,
                offset,
                length,
                mark,
                RACER_WRITES);
    }
}
