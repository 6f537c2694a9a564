package dev.raceharness;

/** Whether the race that was asked for took place. */
public enum Verdict {
    /** At least two racers were held at gates at the same time, then released by the schedule. */
    FORCED,
    /** The application lines the racers up itself: all others waited for a lock of the one racer at the gate. */
    SERIALISED,
    /** A racer finished, failed or timed out without arriving at a gate. */
    NOT_REACHED,
    /** The harness could not do its part. */
    HARNESS_FAULT
}
