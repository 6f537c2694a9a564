package dev.raceharness.command;

import org.jspecify.annotations.Nullable;

/** What the command line asks for cannot be done, or not in this database: the message has the cure. */
final class WrongUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongUseException(String message) {
        super(message);
    }

    WrongUseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The one behind this failure, or null. */
    static @Nullable WrongUseException behind(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WrongUseException found) {
                return found;
            }
        }
        return null;
    }
}
