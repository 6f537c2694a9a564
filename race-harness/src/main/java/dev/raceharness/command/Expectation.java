package dev.raceharness.command;

import dev.raceharness.Evidence;
import dev.raceharness.Outcome;
import dev.raceharness.RacerResult;
import dev.raceharness.TableEvidence;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a forced race is to end in.
 *
 * @param table empty for the exit status of every racer
 * @param count which of the table's figures
 */
record Expectation(Optional<String> table, String count, long expected) {

    private static final Pattern OF_A_TABLE =
            Pattern.compile("(?<table>.+)\\.(?<count>attempted|uniqueViolations|rows)\\s*=\\s*(?<expected>\\d+)");
    private static final Pattern OF_EVERY_RACER = Pattern.compile("exit\\s*=\\s*(?<expected>\\d+)");

    static Expectation parse(String text) {
        var ofEvery = OF_EVERY_RACER.matcher(text.strip());
        if (ofEvery.matches()) {
            return new Expectation(Optional.empty(), "exit", Long.parseLong(ofEvery.group("expected")));
        }
        var ofTable = OF_A_TABLE.matcher(text.strip());
        if (ofTable.matches()) {
            return new Expectation(
                    Optional.of(ofTable.group("table")),
                    ofTable.group("count"),
                    Long.parseLong(ofTable.group("expected")));
        }
        throw new WrongUseException("'" + text + "' is no expectation: expected TABLE.COUNT=N, where COUNT is"
                + " attempted, uniqueViolations or rows, or exit=N. For instance: --expect users.rows=1");
    }

    /**
     * How it was missed, or null if it was met.
     *
     * @param nameOf a table's name with its schema: the race may have named it otherwise
     */
    @Nullable String missedBy(Outcome outcome, UnaryOperator<String> nameOf) {
        if (table.isEmpty()) {
            return outcome.racers().stream()
                    .filter(racer -> exitCode(racer) != expected)
                    .findFirst()
                    .map(racer -> this + ", but racer " + racer.name() + " ended with " + exitCode(racer))
                    .orElse(null);
        }
        var found = figure(evidence(outcome.evidence(), nameOf));
        if (found.isEmpty()) {
            return this + ", but that is unknown: " + String.join("; ", outcome.evidence().sources());
        }
        return found.getAsLong() == expected ? null : this + ", but it is " + found.getAsLong();
    }

    private TableEvidence evidence(Evidence evidence, UnaryOperator<String> nameOf) {
        var name = nameOf.apply(table.orElseThrow());
        return evidence.tables().entrySet().stream()
                .filter(known -> nameOf.apply(known.getKey()).equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No evidence was taken on " + name + "."));
    }

    private static long exitCode(RacerResult racer) {
        return racer.value() instanceof CommandResult result ? result.exitCode() : -1;
    }

    private OptionalLong figure(TableEvidence evidence) {
        return switch (count) {
            case "attempted" -> evidence.attempted();
            case "rows" -> OptionalLong.of(evidence.rows());
            default -> evidence.uniqueViolations();
        };
    }

    @Override
    public String toString() {
        return table.map(name -> name + ".").orElse("") + count + "=" + expected + " was expected";
    }
}
