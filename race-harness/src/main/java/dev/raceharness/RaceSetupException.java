package dev.raceharness;

import org.jspecify.annotations.Nullable;

/** The harness could not do its part ({@link Verdict#HARNESS_FAULT}): the message names the cure. */
public final class RaceSetupException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RaceSetupException(String message) {
        super(message);
    }

    RaceSetupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
