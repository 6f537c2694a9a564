package dev.raceharness;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * In which order interleavings are tried. Few are tried depth first, with pruning, all of them. If there may be too many for
 * the time there is, those come first in which only one racer is interrupted, and only once.
 */
final class Search {

    private static final BigInteger MANY = BigInteger.valueOf(50);

    private final ExplorationPlan options;
    private final Findings findings;
    private final boolean nearSerialFirst;
    private final long start = System.nanoTime();
    private int pruned;
    private Optional<String> stopped = Optional.empty();
    private boolean atBound;
    private Optional<String> notPutBack = Optional.empty();
    private boolean diverged;
    private final List<RaceNotForcedException> stuck = new ArrayList<>();

    /** @param serialSteps how many steps each racer took when it was alone */
    Search(ExplorationPlan options, Findings findings, List<Integer> serialSteps) {
        this.options = options;
        this.findings = findings;
        this.nearSerialFirst = options.within.isPresent() && interleavingsOf(serialSteps).compareTo(MANY) > 0;
    }

    /** How many orders so many steps of each racer have. */
    static BigInteger interleavingsOf(List<Integer> stepsOfEach) {
        var orders = BigInteger.ONE;
        var steps = 0;
        for (var ofOne : stepsOfEach) {
            for (int i = 1; i <= ofOne; i++) {
                steps++;
                orders = orders.multiply(BigInteger.valueOf(steps)).divide(BigInteger.valueOf(i));
            }
        }
        return orders;
    }

    /** Whether a bound that was set is the reason why not every interleaving was tried. */
    boolean stoppedAtBound() {
        return atBound && stuck.isEmpty();
    }

    /** Whether the application ceased to do what it had done: what it does now says nothing of what is right. */
    boolean diverged() {
        return diverged;
    }

    /** Runs that differ from another only in the order of steps that commute. */
    int pruned() {
        return pruned;
    }

    /**
     * Why not every interleaving was tried; empty if each was.
     *
     * @throws RaceNotForcedException if none could be forced to its end
     */
    Optional<String> run(Function<SteppedRun.Chooser, Laboratory.Finished> runOnce) {
        search(runOnce);
        if (stuck.isEmpty()) {
            return stopped;
        }
        if (findings.size() == 0) {
            throw stuck.get(0);
        }
        return Optional.of(stuck.size() + (stuck.size() == 1 ? " more was" : " more were")
                + " begun, and could not be forced to the end: " + stuck.get(0).getMessage().lines().findFirst().orElse("")
                + notPutBack.map(reason -> " " + reason).orElse(""));
    }

    private void search(Function<SteppedRun.Chooser, Laboratory.Finished> runOnce) {
        if (nearSerialFirst) {
            go(SearchTree.withPreemptions(1), runOnce);
        }
        if (stopped.isEmpty()) {
            go(SearchTree.ofAll(options.pruned), runOnce);
        }
    }

    private void go(SearchTree tree, Function<SteppedRun.Chooser, Laboratory.Finished> runOnce) {
        do {
            stopped = bound();
            atBound = stopped.isPresent();
            if (atBound) {
                return;
            }
            tree.beginRun();
            stopped = tryOne(runOnce, tree);
        } while (stopped.isEmpty() && tree.turn());
    }

    /** Why there is no point in going on, if so. */
    private Optional<String> tryOne(Function<SteppedRun.Chooser, Laboratory.Finished> runOnce, SearchTree tree) {
        try {
            var finished = runOnce.apply(tree);
            var complete = finished.trace().complete();
            if (complete) {
                tree.ended();
            }
            if (tree.divergence().isEmpty()) {
                if (complete) {
                    findings.add(finished);
                } else {
                    pruned++;
                }
            }
            diverged = tree.divergence().isPresent();
            return tree.divergence().map(difference -> "the application does not repeat itself: " + difference);
        } catch (RaceNotForcedException e) {
            stuck.add(e);
            if (e.getSuppressed().length > 0) {
                notPutBack = Optional.of(e.getSuppressed()[0].getMessage());
                return notPutBack;
            }
            // Somebody waits where the database cannot see it. What follows from here is out of reach, all else is not; but
            // where it came this far before, somebody who was left behind is in the way of every further run.
            return tree.isOnKnownGround()
                    ? Optional.of("the application no longer comes to rest where it did before")
                    : Optional.empty();
        }
    }

    private Optional<String> bound() {
        if (findings.size() >= options.mostInterleavings) {
            return Optional.of("stopped after " + findings.size() + ", as asked for");
        }
        return options.within
                .filter(atMost -> System.nanoTime() - start > atMost.toNanos())
                .map(atMost -> "stopped after " + findings.size() + ", when the time of " + atMost.toSeconds()
                        + " s was up");
    }
}
