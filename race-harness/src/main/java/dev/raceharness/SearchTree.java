package dev.raceharness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Depth-first search over all interleavings, by replay: remembers on the way down which steps could be taken where, and
 * leads each further run to the deepest choice that is still open. Sleep sets leave out interleavings that differ from
 * an explored one only in the order of steps that commute.
 *
 * <p>With a bound on preemptions it stays near the serial orders. Most races need only one: few interleavings, of many.
 */
final class SearchTree implements SteppedRun.Chooser {

    /** A point where nothing moves and somebody must go next. */
    private static final class Node {
        private final List<Step> enabled;
        private final Map<Step, Footprint> asleep;
        private @Nullable Step chosen;
        private @Nullable Footprint footprint;

        Node(List<Step> enabled, Map<Step, Footprint> asleep) {
            this.enabled = List.copyOf(enabled);
            this.asleep = new LinkedHashMap<>(asleep);
        }

        /** The next step to try: the racer that just went goes on, so that the first witness has few switches. */
        Optional<Step> open(@Nullable Step last, boolean mayPreempt) {
            return enabled.stream()
                    .filter(step -> !asleep.containsKey(step))
                    .filter(step -> mayPreempt || !preempts(step, last))
                    .min(Comparator.comparing(
                            step -> last == null || !step.racer().equals(last.racer())));
        }

        /** Whether this step takes the turn away from a racer that could have gone on. */
        boolean preempts(Step step, @Nullable Step last) {
            return last != null
                    && !step.racer().equals(last.racer())
                    && enabled.stream().anyMatch(other -> other.racer().equals(last.racer()));
        }
    }

    private final boolean pruned;
    private final int mostPreemptions;
    private final List<Node> path = new ArrayList<>();
    private int depth;
    private @Nullable String divergence;

    private SearchTree(boolean pruned, int mostPreemptions) {
        this.pruned = pruned;
        this.mostPreemptions = mostPreemptions;
    }

    static SearchTree ofAll(boolean pruned) {
        return new SearchTree(pruned, Integer.MAX_VALUE);
    }

    /** Without pruning: of two orders that come to the same, only one may be within the bound. */
    static SearchTree withPreemptions(int atMost) {
        return new SearchTree(false, atMost);
    }

    void beginRun() {
        depth = 0;
    }

    /** Not where there is nothing else to choose, nor anything asleep that it might wake. */
    @Override
    public boolean wantsFootprint() {
        var node = path.get(depth - 1);
        return pruned && node.footprint == null && (node.enabled.size() > 1 || !node.asleep.isEmpty());
    }

    @Override
    public void took(Footprint footprint) {
        path.get(depth - 1).footprint = footprint;
    }

    /** The step to take here; empty if all that follows is known already, or if the run does not repeat itself. */
    @Override
    public Optional<Step> choose(List<Step> enabled) {
        if (depth == path.size()) {
            path.add(new Node(enabled, asleepBelow()));
        }
        var node = path.get(depth);
        if (!node.enabled.equals(enabled)) {
            divergence = "after " + stepsTaken() + " the steps " + node.enabled + " were possible before, now "
                    + enabled;
            return Optional.empty();
        }
        if (node.chosen == null) {
            node.chosen = open(depth).orElse(null);
        }
        if (node.chosen == null) {
            path.remove(path.size() - 1);
            return Optional.empty();
        }
        depth++;
        return Optional.of(node.chosen);
    }

    private Optional<Step> open(int at) {
        var last = at == 0 ? null : path.get(at - 1).chosen;
        var mayPreempt = preemptionsBefore(at) < mostPreemptions;
        return path.get(at).open(last, mayPreempt);
    }

    private int preemptionsBefore(int at) {
        var preemptions = 0;
        for (int i = 1; i < at; i++) {
            var chosen = path.get(i).chosen;
            if (chosen != null && path.get(i).preempts(chosen, path.get(i - 1).chosen)) {
                preemptions++;
            }
        }
        return preemptions;
    }

    private Map<Step, Footprint> asleepBelow() {
        if (depth == 0) {
            return Map.of();
        }
        var parent = path.get(depth - 1);
        var below = new LinkedHashMap<>(parent.asleep);
        var taken = parent.footprint;
        below.values().removeIf(footprint -> taken == null || !footprint.commutesWith(taken));
        return below;
    }

    private List<Step> stepsTaken() {
        return path.subList(0, depth).stream().map(node -> node.chosen).toList();
    }

    /** Whether this run has not yet come to the choice for which it was begun. */
    boolean isOnKnownGround() {
        return depth < path.size();
    }

    /** All racers have: nobody asked for a step any more. */
    void ended() {
        if (isOnKnownGround()) {
            divergence = "after " + stepsTaken() + " all had ended, where before the steps " + path.get(depth).enabled
                    + " were possible";
        }
    }

    Optional<String> divergence() {
        return Optional.ofNullable(divergence);
    }

    /** Turns to the deepest choice that is still open; false if there is none. */
    boolean turn() {
        while (!path.isEmpty()) {
            var node = path.get(path.size() - 1);
            var chosen = node.chosen;
            if (chosen != null) {
                node.asleep.put(chosen, node.footprint == null ? Footprint.EVERYTHING : node.footprint);
                node.chosen = null;
                node.footprint = null;
            }
            if (open(path.size() - 1).isPresent()) {
                return true;
            }
            path.remove(path.size() - 1);
        }
        return false;
    }
}
