package dev.raceharness;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody stands who cannot move until the harness acts.
 *
 * @param backend the server's backend, or 0 at a gate around a Java call, or if nobody has looked yet
 * @param thread the thread at a gate around a Java call, else null
 * @param hold the harness's hold on it, or null if it waits behind another
 * @param behind backend that holds the lock it waits for, or 0
 * @param waited for how long when the question came to the server, where that tells a racer from a session that already waited
 *     when the racer started
 */
record Standing(int backend, @Nullable Thread thread, @Nullable Hold hold, int behind, Duration waited) {

    static Standing atGate(int backend, Hold hold) {
        return new Standing(backend, null, hold, 0, Duration.ZERO);
    }

    /** Held in a slot, in a backend that is not known yet. */
    static Standing arrived(Hold hold) {
        return new Standing(0, null, hold, 0, Duration.ZERO);
    }

    static Standing atCall(Thread thread, Hold hold) {
        return new Standing(0, thread, hold, 0, Duration.ZERO);
    }

    static Standing behind(int backend, int blocker, Duration waited) {
        return new Standing(backend, null, null, blocker, waited);
    }
}
