package dev.raceharness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run in which somebody else chooses, at every point where nothing moves, who goes next. */
final class SteppedRun {

    /** Chooses among the steps that can be taken. */
    @FunctionalInterface
    interface Chooser {

        /** Empty to give this run up. */
        Optional<Step> choose(List<Step> enabled);

        /** Whether it does not know yet what the step touches that it has just chosen. */
        default boolean wantsFootprint() {
            return true;
        }

        /** What that step touched. */
        default void took(Footprint footprint) {}
    }

    /**
     * @param steps those taken
     * @param racers their results
     * @param complete whether it ran to its end
     * @param startsMatter whether it may make a difference when racers start
     * @param twoHeldAtOnce whether two racers were held at gates at the same time
     * @param backends those in which racers were seen
     * @param strangers backends of others that came to a gate, and were let through
     */
    record Trace(
            List<Step> steps,
            List<RacerResult> racers,
            Interleaving interleaving,
            boolean complete,
            boolean startsMatter,
            boolean twoHeldAtOnce,
            Set<Integer> backends,
            List<Integer> strangers) {

        /** How many steps each racer took. */
        List<Integer> stepsOfEach() {
            return racers.stream()
                    .map(racer -> (int) steps.stream()
                            .filter(step -> step.racer().equals(racer.name()))
                            .count())
                    .toList();
        }
    }

    private final Conductor conductor;
    private final Footprints footprints;
    private final Journal journal = new Journal();
    private final Optional<Fault> fault;

    SteppedRun(Plan plan, Run run, Barrier barrier, Transactions transactions) {
        this.conductor = new Conductor(plan, run, barrier, journal);
        this.footprints = new Footprints(transactions, conductor.field(), plan.gates);
        this.fault = plan.exploration.fault;
    }

    /** @param startsFirst whether all racers start before the first choice, or starting is a step like any other */
    Trace run(boolean startsFirst, Chooser chooser) {
        var complete = false;
        try {
            if (startsFirst) {
                conductor.possible().forEach(conductor::take);
            }
            complete = choose(chooser);
        } finally {
            conductor.letEverybodyEnd();
        }
        return new Trace(
                conductor.taken(),
                conductor.results(),
                new Interleaving(journal.events()),
                complete,
                footprints.startsMatter(),
                conductor.twoWereHeldAtOnce(),
                conductor.field().backends(),
                conductor.field().strangers());
    }

    private boolean choose(Chooser chooser) {
        var looked = false;
        while (true) {
            var possible = possible();
            if (possible.isEmpty()) {
                return true;
            }
            var chosen = chooser.choose(possible);
            if (chosen.isEmpty()) {
                return false;
            }
            var left = conductor.field().named(chosen.get().racer()).hold();
            var wanted = chooser.wantsFootprint();
            if (wanted && !looked) {
                footprints.look();
            }
            conductor.take(chosen.get());
            if (wanted) {
                chooser.took(footprints.of(chosen.get(), left));
            }
            looked = wanted;
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
}
