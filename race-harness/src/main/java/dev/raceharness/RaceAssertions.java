package dev.raceharness;

/** Entry point for assertions on outcomes; import it statically. Needs no assertion library. */
public final class RaceAssertions {

    private RaceAssertions() {}

    public static OutcomeAssert assertThat(Outcome outcome) {
        return new OutcomeAssert(outcome);
    }
}
