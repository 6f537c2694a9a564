package dev.raceharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements that sessions execute while an interleaving is forced, from the server's log, by the step in which they
 * began. Needs {@code log_statement = 'all'} in those sessions.
 */
final class RecordedStatements {

    /** @param parts one for each step; what came before the first step is in none */
    record Recording(List<List<Statement>> parts) {}

    /** @param sql with its parameters in it, as literals */
    record Statement(int backend, String sql) {}

    private record Line(int backend, String message, String detail) {}

    private static final Duration TO_REACH_THE_FILE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1 << 28;
    private static final String STEP = "race-harness takes step ";

    private static final Pattern EXECUTED = Pattern.compile("(?:statement|execute [^:]*): (.*)", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+) = (NULL|'(?:[^']|'')*')");
    private static final Pattern PLACE = Pattern.compile("\\$(\\d+)");

    private static final String READ =
            """
            SELECT (entry ->> 'pid')::int, entry ->> 'message', coalesce(entry ->> 'detail', '')
            FROM %s AS line,
                 LATERAL (SELECT CASE WHEN line LIKE '{"timestamp":%%' THEN line::jsonb END AS entry OFFSET 0) AS parsed
            WHERE entry ->> 'dbname' = current_database() AND entry ->> 'error_severity' = 'LOG'
                AND (entry ->> 'application_name' = 'race-harness') = (entry ->> 'message' LIKE 'race-harness %%')
            """
                    .formatted(ServerLog.LINES);

    private final HarnessSession session;
    private final String schema;
    private final String file;
    private final long start;
    private int steps;

    RecordedStatements(HarnessSession session, Installation installation) {
        if (!installation.serverLog().granted()) {
            throw new RaceSetupException("Statements are read from the server's log, but "
                    + installation.serverLog().obstacle() + ".");
        }
        this.session = session;
        this.schema = installation.schema();
        this.file = session.queryOne("SELECT pg_current_logfile('jsonlog')", row -> row.getString(1));
        this.start = session.queryOne("SELECT (pg_stat_file(?)).size", row -> row.getLong(1), file);
    }

    /** What is logged from now on belongs to the next step. */
    void nextStep() {
        mark(STEP + ++steps);
    }

    private void mark(String line) {
        session.query("SELECT " + schema + ".mark(?)", row -> "", line);
    }

    /** @throws RaceSetupException if no statement was logged */
    Recording end() {
        var last = "race-harness was here: " + UUID.randomUUID();
        mark(last);
        var lines = new ArrayList<Line>();
        Patience.await(TO_REACH_THE_FILE, () -> {
            lines.clear();
            lines.addAll(read());
            return lines.stream().anyMatch(line -> line.message().equals(last));
        });
        var parts = new ArrayList<List<Statement>>();
        for (var line : lines) {
            var executed = EXECUTED.matcher(line.message());
            if (line.message().startsWith(STEP)) {
                parts.add(new ArrayList<>());
            } else if (executed.matches() && !parts.isEmpty()) {
                parts.get(parts.size() - 1).add(new Statement(line.backend(), literally(executed.group(1), line.detail())));
            }
        }
        if (parts.stream().allMatch(List::isEmpty)) {
            throw new RaceSetupException("The server's log shows no statement of the racers. Let it show them: ALTER DATABASE"
                    + " ... SET log_statement = 'all' before the application opens its sessions.");
        }
        return new Recording(List.copyOf(parts));
    }

    private List<Line> read() {
        return session.query(
                READ, row -> new Line(row.getInt(1), row.getString(2), row.getString(3)), file, start, MOST_BYTES);
    }

    private static String literally(String sql, String detail) {
        var values = new TreeMap<String, String>();
        for (var found = PARAMETER.matcher(detail); found.find(); ) {
            values.put(found.group(1), found.group(2));
        }
        return PLACE.matcher(sql)
                .replaceAll(place -> Matcher.quoteReplacement(
                        values.getOrDefault(place.group(1), place.group())));
    }
}
