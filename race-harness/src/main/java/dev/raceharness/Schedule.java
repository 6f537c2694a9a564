package dev.raceharness;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The order in which held racers are let go. */
public sealed interface Schedule {

    /** All at the same time; from then on the gates stand open. */
    static Schedule together() {
        return new Together();
    }

    /** One after the other, each to its end or until another racer is in its way; in the order of their start. */
    static Schedule inOrder() {
        return new InOrder(List.of());
    }

    /** One after the other in this order; racers that are not named come last. */
    static Schedule inOrder(String... racers) {
        return new InOrder(List.of(racers));
    }

    /**
     * Step by step, for instance {@code "ada:organization ben:organization ada:commit"}. When the steps are used up, the
     * racers that are left go on in the order of their start.
     *
     * @throws IllegalArgumentException if a step is not of the form {@code racer:gate}
     */
    static Schedule steps(String interleaving) {
        return new Steps(Stream.of(interleaving.strip().split("\\s+"))
                .map(Step::parse)
                .toList());
    }

    /**
     * Nothing is held: each arrival pauses for this time and goes on by itself, which only widens the window. It is the
     * control of an experiment, not a way to force a race, and its verdict says so.
     */
    static Schedule pause(Duration pause) {
        return new Pause(pause);
    }

    record Together() implements Schedule {
        @Override
        public String toString() {
            return "together";
        }
    }

    record InOrder(List<String> racers) implements Schedule {
        @Override
        public String toString() {
            return racers.isEmpty() ? "in-order" : String.join(",", racers);
        }
    }

    record Steps(List<Step> steps) implements Schedule {

        /** Whether the steps say when each racer starts. */
        boolean startsRacers() {
            return steps.stream().anyMatch(Step::isStart);
        }

        /** The same, with the starts said: all at first, if they were not. */
        Steps withStartsOf(List<String> racers) {
            return startsRacers()
                    ? this
                    : new Steps(Stream.concat(
                                    racers.stream().map(racer -> new Step(racer, Step.START)), steps.stream())
                            .toList());
        }

        /** The gates that its labels name, for a schedule that an exploration found. */
        Set<Gate> gates() {
            var labels = steps.stream().map(Step::gate).collect(Collectors.toCollection(LinkedHashSet::new));
            var tables = labels.stream()
                    .filter(label -> !label.equals(Step.START) && !label.equals(CommitGate.LABEL))
                    .map(label -> label.replaceFirst("^after-", ""))
                    .map(WriteGate::tableOf)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            var gates = new LinkedHashSet<Gate>();
            for (var table : tables) {
                Stream.of(Gate.beforeWriteOn(table), Gate.afterWriteOn(table))
                        .filter(gate -> labels.contains(gate.label()))
                        .forEach(gates::add);
                if (labels.contains(CommitGate.LABEL)) {
                    gates.add(Gate.beforeCommitAfter(table));
                }
            }
            return gates;
        }

        @Override
        public String toString() {
            return steps.stream().map(Step::toString).collect(Collectors.joining(" "));
        }
    }

    record Pause(Duration pause) implements Schedule {
        @Override
        public String toString() {
            return "pause of " + pause.toMillis() + " ms";
        }
    }
}
