package dev.raceharness.report;

import dev.raceharness.Outcome;
import dev.raceharness.RacerResult;
import dev.raceharness.SqlError;
import dev.raceharness.TableEvidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** One forced race in rows and columns. */
record OutcomeTables(Outcome outcome) {

    private static final int LONGEST_RESULT = 160;

    /** Such as "FORCED. organization: 2 attempted, 1 refused by organization_pkey, 1 row". */
    String headline() {
        return outcome.verdict() + ". "
                + outcome.evidence().tables().values().stream()
                        .map(OutcomeTables::figures)
                        .collect(Collectors.joining("; "));
    }

    private static String figures(TableEvidence table) {
        return table.table() + ": " + known(table.attempted()) + " attempted, "
                + table.violations()
                        .filter(byConstraint -> !byConstraint.isEmpty())
                        .map(byConstraint -> byConstraint.entrySet().stream()
                                .map(entry -> entry.getValue() + " refused by " + entry.getKey() + ", ")
                                .collect(Collectors.joining()))
                        .orElse("")
                + table.rows() + (table.rows() == 1 ? " row" : " rows");
    }

    Grid proof() {
        return new Grid(
                "What the database saw",
                List.of("table", "attempted", "unique violations", "rows"),
                outcome.evidence().tables().values().stream()
                        .map(table -> List.of(
                                table.table(),
                                known(table.attempted()),
                                violations(table),
                                String.valueOf(table.rows())))
                        .toList());
    }

    private static String violations(TableEvidence table) {
        return table.violations()
                .map(byConstraint -> byConstraint.isEmpty()
                        ? "0"
                        : byConstraint.entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(Collectors.joining(", ")))
                .orElse("unknown");
    }

    private static String known(OptionalLong figure) {
        return figure.isPresent() ? Long.toString(figure.getAsLong()) : "unknown";
    }

    Grid racers() {
        return new Grid(
                "What became of the racers",
                List.of("racer", "held", "backend", "result", "ms"),
                outcome.racers().stream().map(OutcomeTables::row).toList());
    }

    private static List<String> row(RacerResult racer) {
        return List.of(
                racer.name(),
                racer.arrived() ? "yes" : "no",
                racer.backend().isPresent() ? String.valueOf(racer.backend().getAsInt()) : "",
                result(racer),
                String.valueOf(racer.elapsed().toMillis()));
    }

    private static String result(RacerResult racer) {
        var text = racer.failure()
                .map(failure -> "threw " + failure)
                .orElseGet(() -> "returned " + racer.value())
                .replaceAll("\\s+", " ");
        return text.length() <= LONGEST_RESULT ? text : text.substring(0, LONGEST_RESULT - 3) + "...";
    }

    /** What the server says of each racer's backend. */
    Map<String, List<String>> ends() {
        var ends = new HashMap<String, List<String>>();
        outcome.racers().forEach(racer -> racer.backend().ifPresent(pid -> ends.put(racer.name(), ends(pid))));
        return ends;
    }

    private List<String> ends(int backend) {
        var ends = new ArrayList<String>();
        outcome.evidence().errors().orElse(List.of()).stream()
                .filter(error -> error.backend() == backend)
                .map(OutcomeTables::words)
                .distinct()
                .forEach(ends::add);
        if (outcome.evidence().committed().contains(backend)) {
            ends.add("committed");
        }
        return ends;
    }

    private static String words(SqlError error) {
        return error.constraint()
                .map(constraint -> "violated " + constraint)
                .orElse("error " + error.sqlState());
    }
}
