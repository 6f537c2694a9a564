package dev.raceharness.report;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The audit: a template in Markdown that is filled in from what ran.
 *
 * <p>It may contain {@code {races}}, {@code {date}}, {@code {score}}, {@code {grid NAME}}, and of test classes, by the
 * beginning of their names, {@code {result NAME}}, {@code {evidence NAME}} and {@code {box NAME NAME ...}}, a box that
 * is ticked if all of them ran and none failed.
 */
record Audit(String template, List<TestedClass> races, Map<String, Grid> grids) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)(?: ([^}]+))?}");

    String markdown() {
        return PLACEHOLDER.matcher(template).replaceAll(found -> Matcher.quoteReplacement(fill(found)));
    }

    /** FAIL if something failed, PARTIAL if something that the template names did not run. */
    String score() {
        if (!races.stream().allMatch(TestedClass::passed)) {
            return "FAIL";
        }
        return PLACEHOLDER.matcher(template).results().allMatch(this::isThere) ? "PASS" : "PARTIAL";
    }

    private boolean isThere(MatchResult placeholder) {
        return switch (placeholder.group(1)) {
            case "result", "evidence", "box" ->
                Stream.of(placeholder.group(2).split(" ")).noneMatch(name -> named(name).isEmpty());
            case "grid" -> grids.containsKey(placeholder.group(2));
            default -> true;
        };
    }

    private String fill(MatchResult placeholder) {
        var argument = placeholder.group(2);
        return switch (placeholder.group(1)) {
            case "date" -> LocalDate.now().toString();
            case "score" -> score();
            case "races" -> accessPoints().markdown();
            case "grid" -> grids.containsKey(argument) ? grids.get(argument).markdown() : "Not part of this run.\n";
            case "result" -> result(argument);
            case "evidence" -> evidence(argument);
            case "box" -> Stream.of(argument.split(" ")).allMatch(name -> result(name).equals("PASS")) ? "[x]" : "[ ]";
            default -> throw new IllegalArgumentException("The audit's template has " + placeholder.group()
                    + "; known are date, score, races, grid, result, evidence, box.");
        };
    }

    private List<TestedClass> named(String beginning) {
        return races.stream().filter(race -> race.simpleName().startsWith(beginning)).toList();
    }

    private String result(String name) {
        var found = named(name);
        if (found.isEmpty()) {
            return "NOT RUN";
        }
        return found.stream().allMatch(TestedClass::passed) ? "PASS" : "FAIL";
    }

    private String evidence(String name) {
        return named(name).stream()
                .map(race -> link(race) + ": " + race.evidence())
                .reduce((one, other) -> one + ". " + other)
                .orElse("")
                .replace("|", "\\|");
    }

    private Grid accessPoints() {
        return new Grid(
                "Concurrent access points",
                List.of("Resource", "Concurrent access pattern", "Protection", "Evidence", "Verdict"),
                races.stream().map(Audit::accessPoint).toList());
    }

    private static List<String> accessPoint(TestedClass race) {
        return List.of(race.tables(), link(race), race.protection(), race.evidence(), race.result());
    }

    private static String link(TestedClass race) {
        return "[" + race.title() + "](races/" + race.name() + ".html)";
    }
}
