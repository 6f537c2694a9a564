package dev.raceharness.database;

import org.jspecify.annotations.Nullable;

/** There is no PostgreSQL to test with; the message says why and what to do. The build fails, it never skips. */
final class NoDatabaseException extends IllegalStateException {
    NoDatabaseException(String message) {
        super(message);
    }

    NoDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
