package dev.raceharness;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The race did not take place, so whatever was asserted about it would prove nothing. Not an assertion failure. */
public final class RaceNotForcedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Verdict verdict;
    private transient @Nullable Outcome outcome;

    RaceNotForcedException(Verdict verdict, String message) {
        super(message);
        this.verdict = verdict;
    }

    RaceNotForcedException with(Outcome seen) {
        outcome = seen;
        return this;
    }

    /** {@link Verdict#SERIALISED} or {@link Verdict#NOT_REACHED}. */
    public Verdict verdict() {
        return verdict;
    }

    /** What became of the racers, who were let go, and what the database says; empty if nothing was forced at all. */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }
}
