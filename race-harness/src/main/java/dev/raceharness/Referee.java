package dev.raceharness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one race: starts the racers one at a time, judges whether they are really held, and lets them go. */
final class Referee {

    private final Plan plan;
    private final Barrier barrier;
    private final Journal journal = new Journal();
    private final Field field;
    private final NotForcedReport report;
    private final Map<String, Fault> faults;

    Referee(Plan plan, Barrier barrier) {
        this.plan = plan;
        this.barrier = barrier;
        this.field = new Field(plan.racers, barrier, journal);
        this.report = new NotForcedReport(plan, field, barrier.backends());
        this.faults = new HashMap<>(plan.faults);
    }

    Outcome run(EvidenceBook evidence) {
        Verdict verdict;
        try {
            if (plan.schedule instanceof Schedule.Pause control) {
                verdict = new PausedRace(field, journal).run(control.pause(), plan.finishWithin);
            } else {
                start();
                verdict = judge();
                release();
            }
        } finally {
            finish();
        }
        return outcome(verdict, evidence.close());
    }

    /** One at a time, each until it is quiescent: so it is certain which backend is whose. */
    private void start() {
        for (var contestant : field.contestants()) {
            journal.started(contestant);
            contestant.start();
            if (!field.awaitQuiescence(plan.arriveWithin)) {
                return;
            }
        }
    }

    private Verdict judge() {
        var held = field.those(Contestant::isAtGate);
        var behind = field.those(Contestant::isBehind);
        if (held.size() + behind.size() < field.contestants().size()) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, report.notReached());
        }
        if (held.size() >= 2) {
            confirm(held);
            return Verdict.FORCED;
        }
        if (!plan.acceptSerialised) {
            throw new RaceNotForcedException(Verdict.SERIALISED, report.serialised());
        }
        return Verdict.SERIALISED;
    }

    /** The lock view showed who is held; the activity view must agree. */
    private void confirm(List<Contestant> held) {
        var suspects =
                held.stream().map(Contestant::backend).filter(pid -> pid != 0).toList();
        var confirmed = barrier.backends().confirmedWaiting(suspects);
        if (!confirmed.containsAll(suspects)) {
            throw new RaceSetupException("pg_locks shows the backends " + suspects + " waiting at gates, pg_stat_activity"
                    + " only " + confirmed + ": somebody else ended or released them.");
        }
    }

    private void release() {
        for (var name : plan.faults.keySet()) {
            if (plan.schedule instanceof Schedule.Together && field.named(name).isAtGate()) {
                letGo(field.named(name));
            }
        }
        if (plan.schedule instanceof Schedule.InOrder inOrder) {
            inOrder.racers().stream().map(field::named).forEach(this::runToItsEnd);
        } else if (plan.schedule instanceof Schedule.Steps steps) {
            steps.steps().forEach(this::take);
        } else {
            field.releaseAll();
        }
        @Nullable Contestant next;
        while ((next = field.firstAtGate()) != null) {
            runToItsEnd(next);
        }
    }

    private void runToItsEnd(Contestant contestant) {
        while (contestant.isAtGate()) {
            letGo(contestant);
        }
    }

    private void take(Step step) {
        var contestant = field.named(step.racer());
        var hold = contestant.hold();
        if (hold == null || !hold.gate().label().equals(step.gate())) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, report.stepCannotBeTaken(step));
        }
        letGo(contestant);
    }

    /** Lets this racer go, or fail, and waits until nothing can move any more. */
    private void letGo(Contestant contestant) {
        var fault = faults.remove(contestant.name());
        if (fault == null) {
            field.release(contestant);
        } else {
            field.strike(contestant, fault);
        }
        if (!field.awaitQuiescence(plan.finishWithin)) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, report.stuckAfter(contestant));
        }
        barrier.refill();
    }

    /** Whatever happened before: opens every gate, waits for the racers in bounds, ends the race. */
    private void finish() {
        try {
            field.releaseAll();
            field.awaitEnds(plan.finishWithin);
        } finally {
            barrier.close();
        }
    }

    private Outcome outcome(Verdict verdict, Evidence evidence) {
        return new Outcome(
                plan.title,
                verdict,
                plan.gates.stream().map(Gate::description).toList(),
                plan.schedule.toString(),
                field.contestants().stream()
                        .map(contestant -> contestant.result(plan.finishWithin))
                        .toList(),
                evidence,
                new Interleaving(journal.events()),
                field.strangers());
    }
}
