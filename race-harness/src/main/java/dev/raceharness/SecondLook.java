package dev.raceharness;

import java.util.Optional;

/**
 * Forces an interleaving once more: what does not come again then is no fault of the interleaving, for somebody else may have
 * written meanwhile, or been taken for a racer. Takes evidence on the way, if it is asked for.
 */
final class SecondLook {

    private final Plan plan;
    private final Laboratory laboratory;
    private final Judge judge;
    private final Findings findings;
    private Optional<Outcome> proof = Optional.empty();
    private Optional<String> doubt = Optional.empty();

    SecondLook(Plan plan, Laboratory laboratory, Judge judge, Findings findings) {
        this.plan = plan;
        this.laboratory = laboratory;
        this.judge = judge;
        this.findings = findings;
    }

    /** What it ended in, with evidence. */
    Optional<Outcome> proof() {
        return proof;
    }

    /** Why something cannot be believed. */
    Optional<String> doubt() {
        return doubt;
    }

    /** Until there is a witness that comes again, or none. Without one there is evidence of the last interleaving. */
    void atWitness() {
        for (var witness = findings.witness(); witness.isPresent(); witness = findings.witness()) {
            if (comesAgain(witness.get())) {
                return;
            }
        }
        if (plan.exploration.withEvidence) {
            atLast();
        }
    }

    private boolean comesAgain(Exploration.Explored witness) {
        var schedule = (Schedule.Steps) Schedule.steps(witness.schedule());
        var again = at(schedule, new Score(schedule.steps()));
        judge.hear(again.outcome());
        judge.learnNoise(findings.run(witness).outcome(), again.outcome());
        // Also by other steps: in a deadlock, which the same steps close, the server may choose another victim.
        if (judge.on(again.trace(), again.outcome()).grade() == Exploration.Grade.ANOMALY) {
            // Still the witness, now that more is known of what differs whatever the interleaving?
            return findings.witness().filter(now -> now.schedule().equals(witness.schedule())).isPresent();
        }
        var reason = "forced once more, it ended in " + judge.masked(again.outcome());
        findings.withdraw(witness, reason);
        doubt = Optional.of("the application does not repeat itself: " + witness.schedule() + " ended as no serial order"
                + " does, but " + reason);
        return false;
    }

    private void atLast() {
        proof = Optional.empty();
        var explored = findings.explored();
        if (!explored.isEmpty()) {
            var last = explored.get(explored.size() - 1);
            var schedule = (Schedule.Steps) Schedule.steps(last.schedule());
            var score = new Score(schedule.steps());
            var again = at(schedule, score);
            judge.hear(again.outcome());
            if (score.misfit().isPresent()
                    || !judge.masked(again.outcome()).equals(judge.masked(findings.run(last).outcome()))) {
                proof = Optional.empty();
            }
        }
    }

    Laboratory.Finished at(Schedule.Steps schedule, Score score) {
        var startsFirst = !schedule.startsRacers();
        var finished = plan.exploration.withEvidence
                ? laboratory.runWithEvidence(plan, startsFirst, score::next)
                : laboratory.run(plan, startsFirst, score::next);
        proof = finished.evidence().map(evidence -> outcome(schedule, finished.trace(), evidence));
        return finished;
    }

    private Outcome outcome(Schedule schedule, SteppedRun.Trace trace, Evidence evidence) {
        return new Outcome(
                plan.title,
                trace.twoHeldAtOnce() ? Verdict.FORCED : Verdict.SERIALISED,
                plan.gates.stream().map(Gate::description).toList(),
                schedule.toString(),
                trace.racers(),
                evidence,
                trace.interleaving(),
                trace.strangers());
    }
}
