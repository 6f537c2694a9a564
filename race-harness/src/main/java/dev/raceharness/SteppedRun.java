package dev.raceharness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run in which somebody else chooses, at every point where nothing moves, who goes next. */
final class SteppedRun {

    /** Chooses among the steps that can be taken; empty to give this run up. */
    @FunctionalInterface
    interface Chooser {
        Optional<Step> choose(List<Step> enabled);
    }

    /**
     * @param steps those taken
     * @param racers their results
     * @param complete whether it ran to its end
     */
    record Trace(List<Step> steps, List<RacerResult> racers, Interleaving interleaving, boolean complete) {}

    private final Conductor conductor;
    private final @Nullable Transactions transactions;
    private final Journal journal = new Journal();
    private final Consumer<Footprint> afterEachChoice;
    private final Optional<Fault> fault;
    private Map<Integer, Transactions.Open> open = Map.of();

    /**
     * @param transactions tells footprints; null if every step may be taken to touch everything
     * @param afterEachChoice is told what the chosen step touched
     */
    SteppedRun(
            Plan plan,
            Run run,
            Barrier barrier,
            @Nullable Transactions transactions,
            Consumer<Footprint> afterEachChoice) {
        this.conductor = new Conductor(plan, run, barrier, journal);
        this.transactions = transactions;
        this.afterEachChoice = afterEachChoice;
        this.fault = plan.exploration.fault;
    }

    /** @param startsFirst whether all racers start before the first choice, or starting is a step like any other */
    Trace run(boolean startsFirst, Chooser chooser) {
        var complete = false;
        try {
            if (startsFirst) {
                conductor.possible().forEach(this::take);
            }
            complete = choose(chooser);
        } finally {
            conductor.finish();
        }
        return new Trace(conductor.taken(), conductor.results(), new Interleaving(journal.events()), complete);
    }

    private boolean choose(Chooser chooser) {
        while (true) {
            var possible = possible();
            if (possible.isEmpty()) {
                return true;
            }
            var chosen = chooser.choose(possible);
            if (chosen.isEmpty()) {
                return false;
            }
            afterEachChoice.accept(take(chosen.get()));
        }
    }

    /** With a fault to be explored, each racer at a gate may also fail there, but only one in a run. */
    private List<Step> possible() {
        var possible = new ArrayList<>(conductor.possible());
        if (conductor.taken().stream().allMatch(step -> step.fault().isEmpty())) {
            fault.ifPresent(wanted -> conductor.possible().stream()
                    .filter(step -> !step.isStart())
                    .map(step -> step.withFault(wanted))
                    .forEach(possible::add));
        }
        return possible;
    }

    /** What the step touched. */
    private Footprint take(Step step) {
        var hold = conductor.field().named(step.racer()).hold();
        conductor.take(step);
        return transactions == null || step.fault().isPresent()
                ? Footprint.EVERYTHING
                : footprint(transactions, hold);
    }

    private Footprint footprint(Transactions view, @Nullable Hold hold) {
        var before = open;
        open = view.of(
                conductor.field().contestants().stream().map(Contestant::backend).toList());
        if (hold == null || hold.gate().table().isEmpty() || !open.keySet().equals(before.keySet())) {
            return Footprint.EVERYTHING;
        }
        var tables = new HashSet<String>();
        tables.add(view.canonical(hold.gate().table().get()));
        for (var backend : open.keySet()) {
            var now = open.get(backend);
            var then = before.get(backend);
            if (now == null || then == null || !now.transaction().equals(then.transaction()) || now.serializable()) {
                return Footprint.EVERYTHING;
            }
            if (!now.lockedTables().equals(then.lockedTables())) {
                tables.addAll(now.lockedTables());
            }
        }
        return new Footprint(tables, false);
    }
}
