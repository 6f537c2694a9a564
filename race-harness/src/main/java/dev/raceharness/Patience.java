package dev.raceharness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waiting for something that the server or another thread does. */
final class Patience {

    /** The server reports no "another session began to wait", so it is asked; measured: 1 ms between costs 0.7 ms a race. */
    private static final long NANOS_BETWEEN_LOOKS = 100_000;

    private Patience() {}

    /** Whether the condition came true in time. */
    static boolean await(Duration atMost, BooleanSupplier condition) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
            pause();
        }
        return true;
    }

    /** For as long as it makes sense to wait before the server is asked again. */
    static void pause() {
        LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
    }
}
