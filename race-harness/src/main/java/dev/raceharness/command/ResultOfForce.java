package dev.raceharness.command;

import dev.raceharness.Outcome;
import dev.raceharness.RacerResult;
import dev.raceharness.SqlError;
import dev.raceharness.TableEvidence;
import dev.raceharness.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One forced race of external commands.
 *
 * @param missed the expectations that were not met, and how
 * @param observed what was to be seen afterwards
 */
record ResultOfForce(Outcome outcome, RaceDefinition definition, List<String> missed, List<String> observed) {

    static ResultOfForce of(Outcome outcome, RaceDefinition definition, List<String> observed) {
        var missed = definition.expect().stream()
                .map(Expectation::parse)
                .map(expectation -> expectation.missedBy(outcome))
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
                outcome.racers().stream().map(ResultOfForce::racer).toList(),
                tables(database),
                outcome.evidence()
                        .errors()
                        .map(errors -> errors.stream().map(ResultOfForce::error).toList())
                        .orElse(null),
                outcome.schedule(),
                message,
                definition);
    }

    private static Result.RacerLine racer(RacerResult racer) {
        var command = racer.value() instanceof CommandResult result ? result : null;
        return new Result.RacerLine(
                racer.name(),
                racer.backend().isPresent() ? racer.backend().getAsInt() : null,
                racer.arrived(),
                command == null ? null : command.exitCode(),
                command == null ? racer.failure().map(Throwable::toString).orElse(null) : command.output(),
                racer.elapsed().toMillis());
    }

    private Map<String, Result.TableLine> tables(Database database) {
        var tables = new TreeMap<String, Result.TableLine>();
        outcome.evidence().tables().forEach((name, table) -> tables.put(database.qualified(name), line(table)));
        return tables;
    }

    private static Result.TableLine line(TableEvidence table) {
        return new Result.TableLine(known(table.attempted()), known(table.uniqueViolations()), table.rows());
    }

    private static @Nullable Long known(OptionalLong figure) {
        return figure.isPresent() ? figure.getAsLong() : null;
    }

    private static Result.ErrorLine error(SqlError error) {
        return new Result.ErrorLine(
                error.sqlState(), error.constraint().orElse(null), error.backend(), error.statement());
    }
}
