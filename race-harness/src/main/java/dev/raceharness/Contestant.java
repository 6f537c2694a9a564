package dev.raceharness;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One racer while it races. Its thread only ever sets {@link #end} and wakes the thread that runs the race, to which
 * everything else belongs.
 */
final class Contestant {

    /** @param nanos when it ended, as {@link System#nanoTime()} */
    record End(@Nullable Object value, @Nullable Throwable failure, long nanos) {}

    private final Racer racer;
    private final Run run;
    private long startedAt;
    private long runsSince;
    private @Nullable Thread thread;
    private final Thread waiting = Thread.currentThread();
    private volatile @Nullable End end;
    private @Nullable Standing standing;
    /** Where its backend stood when its thread had ended: a killed client's server does not know that yet. */
    private @Nullable Standing leftAt;
    private int backend;
    private final Set<Integer> backends = new HashSet<>();
    private boolean inCrowd;
    private boolean arrived;
    private boolean endSeen;

    Contestant(Racer racer, Run run) {
        this.racer = racer;
        this.run = run;
    }

    String name() {
        return racer.name();
    }

    /**
     * Together with others, so that a backend which is said to be its own may be another's.
     *
     * @param since when the first of them was started, as {@link System#nanoTime()}: one that has waited since then may be any
     */
    void startInCrowd(long since) {
        inCrowd = true;
        start(since);
    }

    void start() {
        start(System.nanoTime());
    }

    private void start(long since) {
        startedAt = since;
        runsSince = startedAt;
        var started = new Thread(this::race, "racer-" + name());
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void race() {
        try {
            var value = racer.action().in(run);
            end = new End(value, null, System.nanoTime());
        } catch (Throwable failure) {
            end = new End(null, failure, System.nanoTime());
        }
        LockSupport.unpark(waiting);
    }

    boolean isStarted() {
        return thread != null;
    }

    boolean hasEnded() {
        return end != null;
    }

    @Nullable End end() {
        return end;
    }

    /** Whether its end is news. */
    boolean noticeEnd() {
        if (endSeen || end == null) {
            return false;
        }
        endSeen = true;
        leftAt = standing;
        standing = null;
        return true;
    }

    /** Whether it has ended, but what it began still waits here. */
    boolean leftSomebodyAt(Standing where) {
        var left = leftAt;
        return left != null
                && left.backend() != 0
                && left.backend() == where.backend()
                && Objects.equals(left.hold(), where.hold());
    }

    boolean wasSeenToEnd() {
        return endSeen;
    }

    /** Since it was started or let go. */
    Duration runsFor() {
        return Duration.ofNanos(System.nanoTime() - runsSince);
    }

    /** Whether at that moment, by {@link System#nanoTime()}, it had run for longer than this. */
    boolean startedBefore(Duration age, long moment) {
        return moment - startedAt > age.toNanos();
    }

    void stand(Standing where) {
        standing = where;
        if (where.backend() != 0) {
            backend = where.backend();
            backends.add(backend);
        }
        arrived |= where.hold() != null;
    }

    void go() {
        standing = null;
        runsSince = System.nanoTime();
    }

    @Nullable Standing standing() {
        return standing;
    }

    /** The harness's hold on it while it is at a gate, else null. */
    @Nullable Hold hold() {
        var where = standing;
        return where == null ? null : where.hold();
    }

    boolean isAtGate() {
        return hold() != null;
    }

    /** At a gate, in a backend that waits there. */
    boolean isHeldInDatabase() {
        var where = standing;
        return isAtGate() && where.backend() != 0;
    }

    /** Held in a slot, but nobody has looked yet in which backend. */
    boolean isUnidentified() {
        var where = standing;
        return where != null && where.hold() != null && where.backend() == 0 && where.thread() == null;
    }

    boolean isBehind() {
        return standing != null && !isAtGate();
    }

    boolean isOn(@Nullable Thread other) {
        return other != null && other == thread;
    }

    boolean isInCrowd() {
        return inCrowd;
    }

    /** Neither waiting where the harness sees it nor ended. */
    boolean isRunning() {
        return isStarted() && !hasEnded() && standing == null;
    }

    /** The backend it was last seen in, or 0. */
    int backend() {
        return backend;
    }

    /** All backends in which it was seen. */
    Set<Integer> backends() {
        return backends;
    }

    boolean hasArrived() {
        return arrived;
    }

    /** Where its thread is, for people: the frames nearest to what it waits for, without those of the JDK. */
    String whereItsThreadIs() {
        var running = thread;
        if (running == null) {
            return "";
        }
        return Arrays.stream(running.getStackTrace())
                .filter(frame -> !frame.getClassName().startsWith("java.")
                        && !frame.getClassName().startsWith("sun.")
                        && !frame.getClassName().startsWith("jdk."))
                .filter(frame -> frame.getFileName() != null)
                .limit(2)
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")")
                .reduce((first, second) -> first + " from " + second)
                .orElse("");
    }

    RacerResult result(Duration finishWithin) {
        var ended = end;
        var backendSeen = backend == 0 || inCrowd ? OptionalInt.empty() : OptionalInt.of(backend);
        if (ended == null) {
            var late = new TimeoutException(name() + " did not return within " + finishWithin.toMillis()
                    + " ms after the last release; its thread was left behind at " + whereItsThreadIs());
            return new RacerResult(
                    name(), arrived, backendSeen, null, Optional.of(late), Duration.ofNanos(System.nanoTime() - startedAt));
        }
        return new RacerResult(
                name(),
                arrived,
                backendSeen,
                ended.value(),
                Optional.ofNullable(ended.failure()),
                Duration.ofNanos(ended.nanos() - startedAt));
    }
}
