package dev.raceharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes single steps: starts a racer, lets it go or makes it fail, each time until nothing can move any more. */
final class Conductor {

    private final Plan plan;
    private final Field field;
    private final Barrier barrier;
    private final Journal journal;
    private final NotForcedReport report;
    private final List<Step> taken = new ArrayList<>();
    private Optional<Long> firstRelease = Optional.empty();
    private boolean twoHeldAtOnce;

    Conductor(Plan plan, Run run, Barrier barrier, Journal journal) {
        this.plan = plan;
        this.barrier = barrier;
        this.journal = journal;
        this.field = new Field(plan.racers, run, barrier, journal);
        this.report = new NotForcedReport(plan, field, barrier.backends());
    }

    Field field() {
        return field;
    }

    NotForcedReport report() {
        return report;
    }

    /** The steps so far. */
    List<Step> taken() {
        return List.copyOf(taken);
    }

    /** Whether at some point two racers were held at gates at the same time. */
    boolean twoWereHeldAtOnce() {
        return twoHeldAtOnce;
    }

    /** The steps that can be taken now, without faults. */
    List<Step> possible() {
        return field.contestants().stream()
                .filter(contestant -> !contestant.isStarted() || contestant.isAtGate())
                .map(Conductor::next)
                .toList();
    }

    private static Step next(Contestant contestant) {
        var hold = contestant.hold();
        return new Step(contestant.name(), hold == null ? Step.START : hold.gate().label());
    }

    /** @throws RaceNotForcedException if this step cannot be taken, or does not end */
    void take(Step step) {
        var contestant = field.named(step.racer());
        if (contestant.isStarted() && !contestant.isAtGate()
                || !next(contestant).equals(new Step(step.racer(), step.gate()))) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, report.stepCannotBeTaken(step));
        }
        if (step.isStart()) {
            if (!start(contestant)) {
                throw new RaceNotForcedException(Verdict.NOT_REACHED, report.notReached());
            }
        } else if (!letGo(contestant, step.fault())) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, report.stepCannotBeTaken(step));
        }
        field.identify();
        noteWhoIsHeld();
    }

    /** Two are held if the activity view says so, too: somebody may have left a gate without being let go. */
    void noteWhoIsHeld() {
        if (!twoHeldAtOnce && field.those(Contestant::isAtGate).size() >= 2) {
            twoHeldAtOnce = field.confirm();
        }
    }

    /** Whether the racer came to rest in time; the backend that it is in may have to be {@linkplain Field#identify() found}. */
    boolean start(Contestant contestant) {
        taken.add(next(contestant));
        journal.started(contestant);
        contestant.start();
        return field.awaitQuiescence(plan.arriveWithin);
    }

    /** At once, each until it is quiescent or late; which of them is in which backend is then not known. */
    void start(List<Contestant> crowd) {
        var since = System.nanoTime();
        crowd.forEach(contestant -> {
            taken.add(next(contestant));
            journal.started(contestant);
            contestant.startInCrowd(since);
        });
        // Each has the time that it would have alone.
        var running = crowd.size();
        while (!field.awaitQuiescence(plan.arriveWithin)) {
            var stillRunning = field.those(Contestant::isRunning).size();
            if (stillRunning == running) {
                return;
            }
            running = stillRunning;
        }
    }

    /**
     * Whether it was let go. If it has ended at its gate by itself, as it does when its process is killed, nobody is there.
     *
     * @throws RaceNotForcedException if it has left its gate otherwise, or was to fail there; or if the racers do not come to
     *     rest in time
     */
    boolean letGo(Contestant contestant, Optional<Fault> fault) {
        var step = next(contestant);
        field.identify();
        if (contestant.wasSeenToEnd() && fault.isEmpty()) {
            return false;
        }
        if (!contestant.isAtGate()) {
            // Somebody else was, who was taken for it.
            throw new RaceNotForcedException(Verdict.NOT_REACHED, report.stepCannotBeTaken(step));
        }
        taken.add(fault.map(step::withFault).orElse(step));
        if (fault.isEmpty()) {
            field.release(contestant);
        } else {
            field.strike(contestant, fault.get());
        }
        if (!field.awaitQuiescence(timeLeft())) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, report.stuckAfter(contestant));
        }
        barrier.refill();
        return true;
    }

    /** Of the time that all racers have together: one that comes to its gate again and again does not get it anew. */
    private Duration timeLeft() {
        var now = System.nanoTime();
        var begin = firstRelease.orElse(now);
        firstRelease = Optional.of(begin);
        return plan.finishWithin.minusNanos(now - begin);
    }

    /** Whatever happened before: opens every gate, waits for the racers in bounds, ends the race. */
    void finish() {
        try {
            letEverybodyEnd();
        } finally {
            barrier.close();
        }
    }

    /** Opens every gate if there is anybody left who may need it, and waits in bounds. */
    void letEverybodyEnd() {
        if (!field.those(contestant -> contestant.isStarted() && !contestant.hasEnded()).isEmpty()) {
            field.releaseAll();
        }
        field.awaitEnds(plan.finishWithin);
    }

    List<RacerResult> results() {
        return field.contestants().stream()
                .map(contestant -> contestant.result(plan.finishWithin))
                .toList();
    }
}
