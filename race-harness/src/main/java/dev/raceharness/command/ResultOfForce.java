package dev.raceharness.command;

import dev.raceharness.Outcome;
import dev.raceharness.RacerResult;
import dev.raceharness.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * One forced race of external commands.
 *
 * @param missed the expectations that were not met, and how
 * @param observed what was to be seen afterwards
 */
record ResultOfForce(Outcome outcome, RaceDefinition definition, List<String> missed, List<String> observed) {

    static ResultOfForce of(Outcome outcome, RaceDefinition definition, Database database, List<String> observed) {
        var missed = definition.expect().stream()
                .map(Expectation::parse)
                .map(expectation -> expectation.missedBy(outcome, database::qualified))
                .filter(Objects::nonNull)
                .toList();
        return new ResultOfForce(outcome, definition, missed, observed);
    }

    int exitStatus() {
        if (outcome.racers().stream().anyMatch(ResultOfForce::neverReturned)) {
            return ExitStatus.FAULT;
        }
        if (outcome.verdict() != Verdict.FORCED) {
            return ExitStatus.NOT_RACED;
        }
        return missed.isEmpty() ? ExitStatus.FINE : ExitStatus.ANOMALY;
    }

    /** Every racer was held, and one never came back. */
    static boolean timedOut(Outcome outcome) {
        return outcome.racers().stream().allMatch(RacerResult::arrived)
                && outcome.racers().stream().anyMatch(ResultOfForce::neverReturned);
    }

    static boolean neverReturned(RacerResult racer) {
        return racer.failure().filter(failure -> failure instanceof TimeoutException).isPresent();
    }

    Result result(Database database, String message) {
        return new Result(
                outcome.verdict(),
                definition.expect().isEmpty() || outcome.verdict() != Verdict.FORCED ? null : !missed.isEmpty(),
                definition.gateSpecs().stream().map(gate -> gate.describe(database::qualified)).toList(),
                null,
                List.of(),
                null,
                Figures.racers(outcome),
                Figures.tables(outcome, database),
                Figures.errors(outcome),
                outcome.schedule(),
                message,
                definition);
    }
}
