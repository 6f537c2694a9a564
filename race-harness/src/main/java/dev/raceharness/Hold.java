package dev.raceharness;

/** One racer that is held at a gate, and the way to let it go. */
interface Hold {

    Gate gate();

    /** Lets it go; a hold that is shared by several racers lets all of them go. */
    void release();

    /** As {@link #release}, at the latest when the server is next asked something: one round trip less. */
    default void releaseWithNextQuestion() {
        release();
    }

    /** Makes the racer fail instead of letting it go on. */
    default void fail(Fault fault) {
        throw new RaceSetupException("A racer at \"" + gate().description() + "\" cannot be made to fail with "
                + fault + ": only terminating its backend and cancelling its statement work there.");
    }
}
