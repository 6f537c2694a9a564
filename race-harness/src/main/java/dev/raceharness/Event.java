package dev.raceharness;

import java.time.Duration;

/**
 * Something that happened in a race.
 *
 * @param at since the start of the first racer
 * @param detail the gate, the racer in the way, or the result
 */
public record Event(Duration at, String racer, Kind kind, String detail) {

    /** What a racer did, or what was done to it. */
    public enum Kind {
        STARTED,
        ARRIVED,
        RELEASED,
        BLOCKED,
        FAULTED,
        RETURNED,
        THREW
    }
}
