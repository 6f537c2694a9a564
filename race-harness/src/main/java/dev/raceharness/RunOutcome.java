package dev.raceharness;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What can be compared between runs: every racer's result, what they left in the tables, what the observers saw; with
 * identifiers and times masked.
 *
 * @param results by racer
 * @param rows by table, the rows that the run added, less those it deleted
 * @param contents by table, the rows that the run wrote and left, without identifiers and times
 * @param observed what the observers said
 * @param violated invariants that do not hold
 */
public record RunOutcome(
        Map<String, String> results,
        Map<String, Long> rows,
        Map<String, List<String>> contents,
        List<String> observed,
        List<String> violated) {

    /** All but this racer's result. */
    RunOutcome without(String racer) {
        var others = new LinkedHashMap<>(results);
        others.remove(racer);
        return new RunOutcome(others, rows, contents, observed, violated);
    }

    @Override
    public String toString() {
        return results.entrySet().stream()
                        .map(racer -> racer.getKey() + " " + racer.getValue())
                        .collect(Collectors.joining("; "))
                + rows.entrySet().stream()
                        .map(table -> "; " + table.getKey() + " " + table.getValue()
                                + (table.getValue() == 1 ? " row" : " rows"))
                        .collect(Collectors.joining())
                + contents.entrySet().stream()
                        .filter(table -> !table.getValue().isEmpty())
                        .map(table -> "; " + table.getKey() + " " + table.getValue())
                        .collect(Collectors.joining())
                + observed.stream().map(text -> "; " + text).collect(Collectors.joining())
                + violated.stream().map(name -> "; VIOLATES " + name).collect(Collectors.joining());
    }
}
