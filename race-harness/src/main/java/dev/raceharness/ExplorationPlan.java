package dev.raceharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What of a {@link Plan} only explorations look at. */
final class ExplorationPlan {

    final List<Run.Action> fixtures = new ArrayList<>();
    final List<Run.Action> observers = new ArrayList<>();
    final Map<String, String> invariants = new LinkedHashMap<>();
    final Map<String, Predicate<RunOutcome>> accepted = new LinkedHashMap<>();
    final Map<String, Predicate<RunOutcome>> forbidden = new LinkedHashMap<>();
    final List<Pattern> ignored = new ArrayList<>();
    Optional<Fault> fault = Optional.empty();
    boolean pruned = true;
    boolean withEvidence;
    int mostInterleavings = 10_000;
    Optional<Duration> within = Optional.empty();
    Consumer<Exploration> afterwards = exploration -> {};

    ExplorationPlan copy() {
        var copy = new ExplorationPlan();
        copy.fixtures.addAll(fixtures);
        copy.observers.addAll(observers);
        copy.invariants.putAll(invariants);
        copy.accepted.putAll(accepted);
        copy.forbidden.putAll(forbidden);
        copy.ignored.addAll(ignored);
        copy.fault = fault;
        copy.pruned = pruned;
        copy.withEvidence = withEvidence;
        copy.mostInterleavings = mostInterleavings;
        copy.within = within;
        copy.afterwards = afterwards;
        return copy;
    }

    /** Complete and without faults, whatever was asked for. */
    ExplorationPlan ofRacersAlone() {
        var alone = copy();
        var unbounded = new ExplorationPlan();
        alone.fault = unbounded.fault;
        alone.pruned = unbounded.pruned;
        alone.mostInterleavings = unbounded.mostInterleavings;
        alone.within = unbounded.within;
        return alone;
    }
}
