package dev.raceharness;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What became of one racer.
 *
 * @param arrived whether it was held at a gate
 * @param backend process id of the server's backend in which it was last seen waiting, if it is certain
 * @param value what it returned; null if it returned null or failed
 * @param failure what it threw; a {@link java.util.concurrent.TimeoutException} if it never returned
 * @param elapsed from its start to its end
 */
public record RacerResult(
        String name,
        boolean arrived,
        OptionalInt backend,
        @Nullable Object value,
        Optional<Throwable> failure,
        Duration elapsed) {

    private static final int LONGEST_DESCRIPTION = 200;

    public boolean succeeded() {
        return failure.isEmpty();
    }

    /** In one line that is not too long. */
    String describe() {
        var text = failure.map(thrown -> "threw " + thrown)
                .orElseGet(() -> "returned " + value)
                .replaceAll("\\s+", " ");
        return text.length() <= LONGEST_DESCRIPTION ? text : text.substring(0, LONGEST_DESCRIPTION - 3) + "...";
    }
}
