package dev.raceharness;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    Judge(ExplorationPlan rules) {
        this.rules = rules;
    }

    void learn(RunOutcome serialOutcome) {
        serial.add(serialOutcome);
    }

    /** What the others leave, one after the other, when this racer does nothing at all. */
    void learnWithout(String racer, RunOutcome serialOutcome) {
        serialWithout.computeIfAbsent(racer, name -> new LinkedHashSet<>()).add(serialOutcome);
    }

    List<RunOutcome> serialOutcomes() {
        return List.copyOf(serial);
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
        return serial.contains(outcome)
                || trace.steps().stream()
                        .filter(step -> step.fault().isPresent())
                        .anyMatch(step -> isSerialUpTo(step.racer(), outcome));
    }

    /** A racer that was made to fail has done everything, or nothing, and may answer as it likes. */
    private boolean isSerialUpTo(String failed, RunOutcome outcome) {
        var others = outcome.without(failed);
        return serial.stream().anyMatch(right -> right.without(failed).equals(others))
                || serialWithout.getOrDefault(failed, Set.of()).contains(others);
    }
}
