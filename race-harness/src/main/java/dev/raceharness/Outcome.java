package dev.raceharness;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Evidence plus every racer's result; and what it means.
 *
 * @param gates where racers were held
 * @param schedule how they were let go
 * @param strangers backends that came to a gate though no racer was missing there, and were let through
 */
public record Outcome(
        String title,
        Verdict verdict,
        List<String> gates,
        String schedule,
        List<RacerResult> racers,
        Evidence evidence,
        Interleaving interleaving,
        List<Integer> strangers) {

    public Outcome {
        gates = List.copyOf(gates);
        racers = List.copyOf(racers);
        strangers = List.copyOf(strangers);
    }

    /** @throws IllegalArgumentException if no racer has this name */
    public RacerResult racer(String name) {
        return racers.stream()
                .filter(racer -> racer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No racer is called \"" + name + "\"; there are "
                        + racers.stream().map(RacerResult::name).toList() + "."));
    }

    /** A block for people: the verdict, the figures by table, the results, the interleaving. */
    @Override
    public String toString() {
        return title + "\n  " + verdict + ": " + racers.stream().filter(RacerResult::arrived).count() + " of " + racers.size()
                + " racers held at " + String.join(", ", gates) + "; released " + schedule + "\n"
                + evidence.tables().values().stream()
                        .map(table -> "  " + table.describe() + "\n")
                        .collect(Collectors.joining())
                + unknown()
                + racers.stream()
                        .map(racer -> "  " + racer.name() + " " + racer.describe() + "\n")
                        .collect(Collectors.joining())
                + (strangers.isEmpty() ? "" : "  let through, because no racer was missing: backends " + strangers + "\n")
                + interleaving.toString().indent(2);
    }

    /** Why something is unknown, if it is. */
    private String unknown() {
        var somethingIs = evidence.tables().values().stream()
                .anyMatch(table -> table.violations().isEmpty() || table.attempted().isEmpty());
        return somethingIs ? "  sources: " + String.join("; ", evidence.sources()) + "\n" : "";
    }
}
