package dev.raceharness;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All interleavings of some racers, judged by what the same racers do one after the other.
 *
 * @param gates where steps begin and end, each with the reason why it is there
 * @param serialOutcomes the outcomes of the serial orders: what is right
 * @param interleavings those that were forced, in the order of the search
 * @param pruned runs that were given up because they differ from another only in the order of steps that commute
 * @param incomplete why the search is not complete; empty if it is
 * @param stopped whether it is not complete because a bound that was set ended it
 * @param notCompared where outcomes differ from run to run whatever the interleaving, so that a part of them was masked
 * @param strangers how many sessions of others came to a gate, and were let through
 * @param proof the witness or, without an anomaly, the last interleaving, with evidence; empty unless it was
 *     {@linkplain Race#withEvidence asked for}, or if that did not come again
 */
public record Exploration(
        String title,
        Map<String, String> gates,
        List<RunOutcome> serialOutcomes,
        List<Explored> interleavings,
        int pruned,
        Optional<String> incomplete,
        boolean stopped,
        Set<String> notCompared,
        int strangers,
        Optional<Outcome> proof) {

    /** The reason of gates that nobody had to find. */
    static final String ASKED_FOR = "asked for";

    private static final Set<Event.Kind> REACHED = Set.of(Event.Kind.ARRIVED, Event.Kind.BLOCKED);

    /** What an outcome is worth. */
    public enum Grade {
        /** One that a serial order has too. */
        SERIAL,
        /** One that no serial order has, and that was accepted in words. */
        ACCEPTED,
        /** One that no serial order has, that breaks an invariant, or that was forbidden in words. */
        ANOMALY,
        /** One like an anomaly that did not come again when its interleaving was forced once more. */
        UNREPEATED
    }

    /**
     * One forced interleaving.
     *
     * @param schedule what {@link Race#replay} takes to force it again
     * @param reason why it has that grade, in words
     */
    public record Explored(
            String schedule, RunOutcome outcome, Grade grade, String reason, Interleaving interleaving, int switches) {

        Explored unrepeated(String why) {
            return new Explored(schedule, outcome, Grade.UNREPEATED, why, interleaving, switches);
        }

        /** For people: the interleaving as a table, what it ends in, why that has its grade, how to force it again. */
        @Override
        public String toString() {
            return interleaving.toString().indent(2) + "\n  ends in " + outcome + "\n  " + grade + ": " + reason
                    + "\n  again: .replay(\"" + schedule + "\")";
        }
    }

    public Exploration {
        gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
        serialOutcomes = List.copyOf(serialOutcomes);
        interleavings = List.copyOf(interleavings);
        notCompared = Collections.unmodifiableSet(new TreeSet<>(notCompared));
    }

    public boolean complete() {
        return incomplete.isEmpty();
    }

    public List<Explored> anomalies() {
        return interleavings.stream()
                .filter(explored -> explored.grade() == Grade.ANOMALY)
                .toList();
    }

    /** The anomaly with the fewest switches from one racer to another; of those the one with the fewest steps. */
    public Optional<Explored> witness() {
        return witnessOf(interleavings);
    }

    static Optional<Explored> witnessOf(List<Explored> interleavings) {
        return interleavings.stream()
                .filter(explored -> explored.grade() == Grade.ANOMALY)
                .min(Comparator.comparingInt(Explored::switches)
                        .thenComparingInt(explored -> explored.schedule().length()));
    }

    /**
     * Racers that in no interleaving came to a gate, or to a lock that another racer had: nothing is proved about them. Where
     * the gates were found, it is known that the racers contend, and some of them may only read.
     */
    public Set<String> neverReached() {
        var racers = serialOutcomes.stream().flatMap(outcome -> outcome.results().keySet().stream()).toList();
        var never = new TreeSet<>(racers);
        interleavings.stream()
                .flatMap(explored -> explored.interleaving().events().stream())
                .filter(event -> REACHED.contains(event.kind()))
                .forEach(event -> never.remove(event.racer()));
        var somebodyCame = !never.containsAll(racers);
        return somebodyCame && !gates.containsValue(ASKED_FOR) ? Set.of() : never;
    }

    /**
     * Every outcome is one of a serial order, or accepted, and every interleaving was tried.
     *
     * @throws AssertionError with the witness and the string that replays it; also if the search is not complete
     * @throws RaceNotForcedException if there is a racer that {@linkplain #neverReached() never came} to a gate
     */
    public Exploration assertSerializable() {
        witness().ifPresent(witness -> {
            throw new AssertionError(anomalies().size() + " of " + interleavings.size()
                    + " interleavings end as no serial order does.\n\n" + witness + "\n\n" + this);
        });
        if (!neverReached().isEmpty()) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, notReached());
        }
        incomplete.ifPresent(reason -> {
            throw new AssertionError("No anomaly was found, but not every interleaving was tried: " + reason
                    + "\n\n" + this);
        });
        return this;
    }

    private String notReached() {
        return "In none of " + interleavings.size() + " interleavings did " + String.join(" and ", neverReached())
                + " come to a gate, or to a lock that another racer had.\nNo anomaly was found, but nothing is proved.\n\nUsual"
                + " causes\n"
                + "  - the set-up or the racer was refused before it came to the write: look at the outcomes below\n"
                + "  - the gate is on the wrong table or operation: without gates, they are found\n"
                + "  - the application's sessions are not armed: add options=-c%20" + Arming.FLAG
                + "=on to its JDBC URL, or say .armedBy(Arming.everySession())\n\n" + this;
    }

    /** At least one outcome is one that no serial order has: for broken twins. */
    public Explored assertAnomaly() {
        return witness()
                .orElseThrow(() -> new AssertionError("Expected an anomaly, but all " + interleavings.size()
                        + " interleavings end as serial orders do.\n\n" + this));
    }

    /** For people: the gates with their reasons, how many interleavings ended how. */
    @Override
    public String toString() {
        return title + "\n  " + interleavings.size() + " interleavings, " + anomalies().size() + " anomalous, "
                + (complete() ? "complete" : "not complete: " + incomplete.get())
                + (pruned > 0 ? "; " + pruned + " more were given up, which only swap steps that commute" : "")
                + (notCompared.isEmpty()
                        ? ""
                        : "\n  differs from run to run, so not compared: parts of " + String.join(", ", notCompared))
                + "\n  gates\n"
                + gates.entrySet().stream()
                        .map(gate -> "    " + gate.getKey() + ": " + gate.getValue() + "\n")
                        .collect(Collectors.joining())
                + "  serial orders end in\n"
                + serialOutcomes.stream().map(outcome -> "    " + outcome + "\n").collect(Collectors.joining())
                + "  interleavings end in\n"
                + counts().entrySet().stream()
                        .map(entry -> "    " + entry.getValue() + " x " + entry.getKey() + "\n")
                        .collect(Collectors.joining());
    }

    private Map<String, Long> counts() {
        return interleavings.stream()
                .collect(Collectors.groupingBy(
                        explored -> explored.grade() + " " + explored.outcome(),
                        TreeMap::new,
                        Collectors.counting()));
    }
}
