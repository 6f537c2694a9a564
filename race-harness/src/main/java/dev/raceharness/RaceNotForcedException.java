package dev.raceharness;

/** The race did not take place, so whatever was asserted about it would prove nothing. Not an assertion failure. */
public final class RaceNotForcedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Verdict verdict;

    RaceNotForcedException(Verdict verdict, String message) {
        super(message);
        this.verdict = verdict;
    }

    /** {@link Verdict#SERIALISED} or {@link Verdict#NOT_REACHED}. */
    public Verdict verdict() {
        return verdict;
    }
}
