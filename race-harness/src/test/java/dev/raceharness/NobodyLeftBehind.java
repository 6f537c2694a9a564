package dev.raceharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Waits after each test for the racers that it left behind, once it has let them go: what they still write would be taken for
 * the doing of the next test's racers.
 */
public final class NobodyLeftBehind implements BeforeEachCallback, AfterEachCallback {

    private static final ExtensionContext.Namespace RACERS = ExtensionContext.Namespace.create(NobodyLeftBehind.class);

    private static final Duration TO_END = Duration.ofSeconds(10);

    /** @param racers of a test before it, for which that one is red already */
    private record Before(List<Thread> racers) {}

    @Override
    public void beforeEach(ExtensionContext test) {
        test.getStore(RACERS).put(Before.class, new Before(racers()));
    }

    @Override
    public void afterEach(ExtensionContext test) throws InterruptedException {
        var before = test.getStore(RACERS).get(Before.class, Before.class).racers();
        var deadline = System.nanoTime() + TO_END.toNanos();
        for (var racer : racers()) {
            if (!before.contains(racer)) {
                racer.join(Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
                assertThat(racer.isAlive())
                        .as("whether " + racer.getName() + " goes on beside the next test: this one has not let it go")
                        .isFalse();
            }
        }
    }

    private static List<Thread> racers() {
        var threads = new Thread[Thread.activeCount() + 10];
        return Arrays.stream(threads, 0, Thread.enumerate(threads))
                .filter(thread -> thread.getName().startsWith("racer-"))
                .toList();
    }
}
