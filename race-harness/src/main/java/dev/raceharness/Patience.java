package dev.raceharness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waiting for something that the server or another thread does. */
final class Patience {

    /** The server reports no "another session began to wait", so it is asked; measured: 1 ms between costs 0.7 ms a race. */
    private static final long NANOS_BETWEEN_LOOKS = 100_000;

    /** Who asks without a break takes the processor from those who are waited for. */
    private static final long MOST_NANOS_BETWEEN_LOOKS = 2_000_000;

    /** For so long it pays nevertheless: a round trip takes less time than waking up after the shortest break. */
    private static final long NANOS_WITHOUT_A_BREAK = 500_000;

    private Patience() {}

    /** Whether the condition, which asks the server, came true in time. At first it is asked again at once. */
    static boolean keepAsking(Duration atMost, BooleanSupplier condition) {
        return await(atMost, condition, NANOS_WITHOUT_A_BREAK);
    }

    /** Whether the condition came true in time. */
    static boolean await(Duration atMost, BooleanSupplier condition) {
        return await(atMost, condition, 0);
    }

    private static boolean await(Duration atMost, BooleanSupplier condition, long nanosWithoutABreak) {
        var begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            var waited = System.nanoTime() - begin;
            if (waited >= atMost.toNanos() || Thread.currentThread().isInterrupted()) {
                return condition.getAsBoolean();
            }
            if (waited >= nanosWithoutABreak) {
                // The longer it takes, the less does it matter to be told at once.
                LockSupport.parkNanos(Math.min(Math.max(NANOS_BETWEEN_LOOKS, waited / 8), MOST_NANOS_BETWEEN_LOOKS));
            }
        }
        return true;
    }

    /** For as long as it makes sense to wait before the server is asked again. */
    static void pause() {
        LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
    }
}
