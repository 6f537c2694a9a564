package dev.raceharness;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * By what racers read a table while they were alone, from pg_stat_statements. It counts only statements that succeeded,
 * and knows nothing of transactions, so it is good for reasons and not for proofs. Where it is not there, or may not be read,
 * nothing is said.
 */
final class SelectStatements {

    private static final int LONGEST_CONDITION = 80;

    /** Without their words, which the server would have to read from a file. There may be thousands: in one row. */
    private static final String CALLS =
            """
            SELECT coalesce(array_agg(queryid), '{}'), coalesce(array_agg(calls), '{}') FROM (
                SELECT queryid, sum(calls)::bigint AS calls FROM %s.pg_stat_statements(false)
                WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND toplevel
                GROUP BY queryid) AS statements
            """;

    private static final String READING =
            """
            SELECT DISTINCT query FROM %s.pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND queryid = ANY (?)
                AND toplevel AND query ~* '^\\s*(select|with|insert)\\M' AND query ~* '\\mfrom\\M'
            """;

    private final HarnessSession session;
    private final Optional<String> schema;
    private final Map<String, Set<Long>> byRacer = new HashMap<>();
    /** By racer; to read them is what costs here. */
    private final Map<String, List<String>> words = new HashMap<>();
    private Map<Long, Long> last = Map.of();

    SelectStatements(HarnessSession session) {
        this.session = session;
        this.schema = session.query(
                        """
                        SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'pg_stat_statements'
                            AND CASE WHEN pg_has_role('pg_read_all_stats', 'USAGE')
                                    AND pg_has_role('pg_read_all_settings', 'USAGE')
                                THEN current_setting('shared_preload_libraries') ~ 'pg_stat_statements' ELSE false END
                        """,
                        row -> row.getString(1))
                .stream()
                .findFirst();
    }

    /** A racer is about to run, alone. */
    void begin() {
        last = calls();
    }

    /** It has run. */
    void end(String racer) {
        var calls = calls();
        calls.entrySet().removeAll(last.entrySet());
        byRacer.computeIfAbsent(racer, name -> new HashSet<>()).addAll(calls.keySet());
        words.remove(racer);
    }

    private Map<Long, Long> calls() {
        var calls = new HashMap<Long, Long>();
        schema.ifPresent(name -> session.query(CALLS.formatted(name), row -> {
            var statements = (Long[]) row.getArray(1).getArray();
            var counts = (Long[]) row.getArray(2).getArray();
            for (int i = 0; i < statements.length; i++) {
                calls.put(statements[i], counts[i]);
            }
            return calls;
        }));
        return calls;
    }

    /** The words of those that read something. */
    private List<String> wordsOf(String racer) {
        return words.computeIfAbsent(racer, unknown -> {
            var executed = byRacer.getOrDefault(racer, Set.of()).toArray(Long[]::new);
            return schema.map(name -> session.query(READING.formatted(name), row -> row.getString(1), (Object) executed))
                    .orElse(List.of());
        });
    }

    /** Whether this racer sent a statement that names the table as one to read from; views and functions hide theirs. */
    boolean read(String racer, String table) {
        return wordsOf(racer).stream().anyMatch(query -> from(table).matcher(query).find());
    }

    private static Pattern from(String table) {
        var unqualified = table.substring(table.lastIndexOf('.') + 1).replace("\"", "");
        return Pattern.compile(
                "\\b(?:from|join)\\s+(?:\"?\\w+\"?\\.)?\"?" + Pattern.quote(unqualified) + "\"?(?![\\w\"])(.*)",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** The conditions by which these racers looked for rows of this table, shortened. */
    List<String> conditionsOn(String table, Set<String> racers) {
        var from = from(table);
        var conditions = new TreeSet<String>();
        for (var racer : racers) {
            for (var query : wordsOf(racer)) {
                var found = from.matcher(query);
                if (found.find()) {
                    condition(found.group(1)).ifPresent(conditions::add);
                }
            }
        }
        return List.copyOf(conditions);
    }

    /** A subquery ends with a parenthesis that was opened before it. */
    private static String upToTheEndOfItsQuery(String condition) {
        var depth = 0;
        for (int i = 0; i < condition.length(); i++) {
            depth += condition.charAt(i) == '(' ? 1 : condition.charAt(i) == ')' ? -1 : 0;
            if (depth < 0) {
                return condition.substring(0, i);
            }
        }
        return condition;
    }

    private static Optional<String> condition(String rest) {
        var where = Pattern.compile(
                        "\\bwhere\\s+(.+?)"
                                + "(?:\\s+(?:order by|group by|limit|offset|fetch|for (?:no key )?(?:update|share))\\b.*)?$",
                        Pattern.CASE_INSENSITIVE | Pattern.DOTALL)
                .matcher(rest);
        if (!where.find()) {
            return Optional.empty();
        }
        var condition = upToTheEndOfItsQuery(where.group(1)).replaceAll("\\s+", " ");
        return Optional.of(
                condition.length() <= LONGEST_CONDITION
                        ? condition
                        : condition.substring(0, LONGEST_CONDITION - 3) + "...");
    }
}
