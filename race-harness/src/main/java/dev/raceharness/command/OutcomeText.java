package dev.raceharness.command;

import dev.raceharness.RunOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a run ended, for people: one line a racer, a table, and something observed. */
final class OutcomeText {

    private static final int LONGEST_LINE = 160;

    private OutcomeText() {}

    /** Each line begins with this indent. */
    static String of(RunOutcome outcome, String indent) {
        return lines(outcome).stream().map(line -> indent + line + "\n").collect(Collectors.joining());
    }

    private static List<String> lines(RunOutcome outcome) {
        var lines = new ArrayList<String>();
        outcome.results()
                .forEach((racer, result) -> lines.add(oneLine(racer + " " + result.replaceFirst("^returned ", ""))));
        outcome.rows().forEach((table, rows) -> lines.add(oneLine(table + " " + rows + (rows == 1 ? " row" : " rows")
                + (outcome.contents().getOrDefault(table, List.of()).isEmpty()
                        ? ""
                        : ": " + String.join(" ", outcome.contents().get(table))))));
        outcome.observed().forEach(seen -> lines.add(oneLine("observed " + seen)));
        return lines;
    }

    private static String oneLine(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 3) + "...";
    }
}
