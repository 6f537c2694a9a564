package dev.raceharness;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one race: starts the racers one at a time, judges whether they are really held, and lets them go. */
final class Referee {

    private static final Duration TO_BE_CONFIRMED = Duration.ofSeconds(1);

    private final Plan plan;
    private final Barrier barrier;
    private final Journal journal = new Journal();
    private final Conductor conductor;
    private final Field field;
    private final Map<String, Fault> faults;

    Referee(Plan plan, Barrier barrier) {
        this.plan = plan;
        this.barrier = barrier;
        this.conductor = new Conductor(plan, Run.fresh(), barrier, journal);
        this.field = conductor.field();
        this.faults = new HashMap<>(plan.faults);
    }

    Outcome run(EvidenceBook evidence) {
        Verdict verdict;
        @Nullable RaceNotForcedException notForced = null;
        try {
            if (plan.schedule instanceof Schedule.Pause control) {
                verdict = new PausedRace(field, barrier, journal).run(control.pause(), plan.finishWithin);
            } else if (plan.schedule instanceof Schedule.Steps steps && steps.startsRacers()) {
                verdict = replay(steps);
            } else {
                start();
                verdict = judge();
                release();
            }
            refuseFaultsThatNeverStruck();
        } catch (RaceNotForcedException e) {
            verdict = e.verdict();
            notForced = e;
        } finally {
            conductor.finish();
        }
        var results = conductor.results();
        var failures = results.stream().flatMap(result -> result.failure().stream()).toList();
        var outcome = outcome(verdict, results, evidence.close(field.backends(), failures));
        if (notForced != null) {
            throw notForced.with(outcome);
        }
        return outcome;
    }

    /**
     * One at a time, each until it is quiescent: so it is certain which backend is whose. In a crowd that goes on all
     * together nobody asks, and to start all at once is faster. Only if the application's pool need not grow for that: some
     * grow badly in a burst. In HikariCP 7.0.2 a caller may then wait in vain although the pool is not full.
     */
    private void start() {
        var all = field.contestants();
        if (plan.isCrowd() && barrier.hasSeen(all.size())) {
            conductor.start(all);
            return;
        }
        for (var contestant : all) {
            if (!conductor.start(contestant)) {
                return;
            }
        }
    }

    /** Exactly these steps, starts included: whether two racers were ever held at once is up to them. */
    private Verdict replay(Schedule.Steps steps) {
        take(steps);
        field.those(contestant -> !contestant.isStarted()).forEach(conductor::start);
        conductor.noteWhoIsHeld();
        runTheRest();
        return conductor.twoWereHeldAtOnce() ? Verdict.FORCED : Verdict.SERIALISED;
    }

    private Verdict judge() {
        if (!field.identify()) {
            field.awaitQuiescence(plan.arriveWithin);
        }
        var held = field.those(Contestant::isAtGate);
        var behind = field.those(Contestant::isBehind);
        if (held.size() + behind.size() < field.contestants().size()) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, conductor.report().notReached());
        }
        if (held.size() >= 2) {
            confirm(held);
            return Verdict.FORCED;
        }
        if (!plan.acceptSerialised) {
            throw new RaceNotForcedException(Verdict.SERIALISED, conductor.report().serialised());
        }
        return Verdict.SERIALISED;
    }

    /**
     * The lock view showed who is held; the activity view, which learns it a moment later, must agree. If they are to go on
     * together, they do as soon as it does.
     */
    private void confirm(List<Contestant> held) {
        var suspects =
                held.stream().map(Contestant::backend).filter(pid -> pid != 0).toList();
        var backends = barrier.backends();
        if (!Patience.keepAsking(
                TO_BE_CONFIRMED,
                () -> somebodyEnded(held)
                        || (allGoOnTogether()
                                ? field.releaseAllIfWaiting(suspects)
                                : backends.notWaiting(suspects).isEmpty()))) {
            throw new RaceSetupException("pg_locks showed the backends " + suspects + " waiting at gates, but "
                    + TO_BE_CONFIRMED.toMillis() + " ms later pg_stat_activity does not show it of "
                    + backends.notWaiting(suspects) + ": somebody else ended or released them.");
        }
        var areStillHeld = held.stream().anyMatch(Contestant::isAtGate);
        if (areStillHeld && somebodyEnded(held)) {
            field.noticeEnds();
            throw new RaceNotForcedException(Verdict.NOT_REACHED, conductor.report().notReached());
        }
    }

    private boolean allGoOnTogether() {
        return plan.schedule instanceof Schedule.Together && plan.faults.isEmpty();
    }

    private static boolean somebodyEnded(List<Contestant> held) {
        return held.stream().anyMatch(Contestant::hasEnded);
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
            take(steps);
        } else if (field.firstAtGate() != null) {
            field.releaseAll();
        }
        runTheRest();
    }

    private void take(Schedule.Steps steps) {
        for (var step : steps.steps()) {
            var fault = step.isStart() || step.fault().isPresent() ? null : faults.remove(step.racer());
            conductor.take(fault == null ? step : step.withFault(fault));
        }
    }

    private void refuseFaultsThatNeverStruck() {
        if (!faults.isEmpty()) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, conductor.report().neverStruck(faults.keySet()));
        }
    }

    private void runTheRest() {
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

    private void letGo(Contestant contestant) {
        conductor.letGo(contestant, Optional.ofNullable(faults.remove(contestant.name())));
    }

    private Outcome outcome(Verdict verdict, List<RacerResult> results, Evidence evidence) {
        return new Outcome(
                plan.title,
                verdict,
                plan.gates.stream().map(Gate::description).toList(),
                plan.schedule.toString(),
                results,
                evidence,
                new Interleaving(journal.events()),
                field.strangers());
    }
}
