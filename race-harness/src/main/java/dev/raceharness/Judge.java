package dev.raceharness;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Serializability as a test oracle: an outcome is right if the same racers can produce it one after the other. Knows
 * nothing of the application.
 */
final class Judge {

    /** @param reason why, in words */
    record Sentence(Exploration.Grade grade, String reason) {}

    private final ExplorationPlan rules;
    private final Set<RunOutcome> serial = new LinkedHashSet<>();
    private final Map<String, Set<RunOutcome>> serialWithout = new HashMap<>();
    private final Noise noise = new Noise();

    Judge(ExplorationPlan rules) {
        this.rules = rules;
    }

    void learn(RunOutcome serialOutcome) {
        noise.hear(serialOutcome);
        serial.add(serialOutcome);
    }

    /** Every outcome is to be heard of, so that it is known what only one run has. */
    void hear(RunOutcome outcome) {
        noise.hear(outcome);
    }

    /** Two runs of the same schedule: in what they differ nothing can be compared. */
    void learnNoise(RunOutcome first, RunOutcome again) {
        noise.learn(first, again);
    }

    RunOutcome masked(RunOutcome outcome) {
        return noise.mask(outcome);
    }

    /** Where something could not be compared. */
    Set<String> notCompared() {
        return noise.places();
    }

    /** What the others leave, one after the other, when this racer does nothing at all. */
    void learnWithout(String racer, RunOutcome serialOutcome) {
        noise.hear(serialOutcome);
        serialWithout.computeIfAbsent(racer, name -> new LinkedHashSet<>()).add(serialOutcome);
    }

    List<RunOutcome> serialOutcomes() {
        return List.copyOf(masked(serial));
    }

    Sentence on(SteppedRun.Trace trace, RunOutcome outcome) {
        for (var rule : rules.forbidden.entrySet()) {
            if (rule.getValue().test(outcome)) {
                return new Sentence(Exploration.Grade.ANOMALY, "forbidden: " + rule.getKey());
            }
        }
        if (!outcome.violated().isEmpty()) {
            return new Sentence(Exploration.Grade.ANOMALY, "it violates " + String.join(", ", outcome.violated()));
        }
        if (isSerial(trace, outcome)) {
            return new Sentence(Exploration.Grade.SERIAL, "a serial order ends so too");
        }
        return rules.accepted.entrySet().stream()
                .filter(rule -> rule.getValue().test(outcome))
                .findFirst()
                .map(rule -> new Sentence(Exploration.Grade.ACCEPTED, rule.getKey()))
                .orElse(new Sentence(Exploration.Grade.ANOMALY, "no serial order ends so"));
    }

    private boolean isSerial(SteppedRun.Trace trace, RunOutcome outcome) {
        var masked = masked(outcome);
        return masked(serial).contains(masked)
                || trace.steps().stream()
                        .filter(step -> step.fault().isPresent())
                        .anyMatch(step -> isSerialUpTo(step.racer(), masked));
    }

    private Set<RunOutcome> masked(Set<RunOutcome> outcomes) {
        return outcomes.stream().map(noise::mask).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A racer that was made to fail has done everything, or nothing, and may answer as it likes. */
    private boolean isSerialUpTo(String failed, RunOutcome outcome) {
        var others = outcome.without(failed);
        return masked(serial).stream().anyMatch(right -> right.without(failed).equals(others))
                || masked(serialWithout.getOrDefault(failed, Set.of())).contains(others);
    }
}
