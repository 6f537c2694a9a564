package dev.raceharness.assertj;

import dev.raceharness.Outcome;

/** Entry point; import it statically, beside that of AssertJ. */
public final class RaceAssertions {

    private RaceAssertions() {}

    public static OutcomeAssert assertThat(Outcome outcome) {
        return new OutcomeAssert(outcome);
    }
}
