package dev.raceharness;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Assertions on an outcome. Each failure is an {@link AssertionError} that shows the interleaving. */
public final class OutcomeAssert {

    private final Outcome outcome;

    OutcomeAssert(Outcome outcome) {
        this.outcome = outcome;
    }

    /** Assertions on the evidence of this table. */
    public TableAssert on(String table) {
        return new TableAssert(this, outcome.evidence().on(table));
    }

    public OutcomeAssert everyRacerSucceeded() {
        outcome.racers().stream()
                .filter(racer -> !racer.succeeded())
                .findFirst()
                .ifPresent(racer -> {
                    throw failure(
                            "Expected every racer to succeed, but " + racer.name() + " " + racer.describe(),
                            racer.failure().orElse(null));
                });
        return this;
    }

    /** All racers returned equal values: the loser got the answer of the winner. */
    public OutcomeAssert everyRacerReturnedTheSame() {
        everyRacerSucceeded();
        var first = outcome.racers().get(0);
        outcome.racers().stream()
                .filter(racer -> !Objects.equals(racer.value(), first.value()))
                .findFirst()
                .ifPresent(racer -> {
                    throw failure(
                            "Expected every racer to return the same, but " + first.name() + " " + first.describe()
                                    + " and " + racer.name() + " " + racer.describe(),
                            null);
                });
        return this;
    }

    public OutcomeAssert hasVerdict(Verdict expected) {
        if (outcome.verdict() != expected) {
            throw failure("Expected the verdict " + expected + ", but it is " + outcome.verdict(), null);
        }
        return this;
    }

    AssertionError failure(String message, @Nullable Throwable cause) {
        return new AssertionError(message + ".\n\n" + outcome, cause);
    }
}
