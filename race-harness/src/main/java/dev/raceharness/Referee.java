package dev.raceharness;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one race: starts the racers one at a time, judges whether they are really held, and lets them go. */
final class Referee {

    private final Plan plan;
    private final GateLocks locks;
    private final Backends backends;
    private final Journal journal = new Journal();
    private final Field field;

    Referee(Plan plan, GateLocks locks, Backends backends, Map<Integer, Gate> gates) {
        this.plan = plan;
        this.locks = locks;
        this.backends = backends;
        this.field = new Field(plan.racers, backends, locks, gates, journal);
    }

    Outcome run(EvidenceBook evidence) {
        Verdict verdict;
        try {
            locks.shut(field.gateNumbers());
            start();
            verdict = judge();
            release();
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
            throw notForced(Verdict.NOT_REACHED);
        }
        if (held.size() >= 2) {
            return Verdict.FORCED;
        }
        if (!plan.acceptSerialised) {
            throw notForced(Verdict.SERIALISED);
        }
        return Verdict.SERIALISED;
    }

    private RaceNotForcedException notForced(Verdict verdict) {
        return new RaceNotForcedException(verdict, new NotForcedReport(plan, field, backends).text(verdict));
    }

    private void release() {
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
            field.release(contestant);
            field.awaitQuiescence(plan.finishWithin);
        }
    }

    private void take(Step step) {
        var contestant = field.named(step.racer());
        if (!contestant.isAtGate() || !field.gateOf(contestant).label().equals(step.gate())) {
            throw new RaceNotForcedException(
                    Verdict.NOT_REACHED, new NotForcedReport(plan, field, backends).text(step));
        }
        field.release(contestant);
        field.awaitQuiescence(plan.finishWithin);
    }

    /** Whatever happened before: opens every gate, waits for the racers in bounds, ends the race. */
    private void finish() {
        try {
            if (locks.isShut()) {
                field.releaseAll();
            }
            field.awaitEnds(plan.finishWithin);
        } finally {
            locks.endRace();
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
