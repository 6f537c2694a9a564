package dev.raceharness.command;

import dev.raceharness.Outcome;
import dev.raceharness.RacerResult;
import dev.raceharness.SqlError;
import dev.raceharness.TableEvidence;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts what is known of one forced interleaving into the form for programs; what is not known is null. */
final class Figures {

    private Figures() {}

    static List<Result.RacerLine> racers(Outcome outcome) {
        return outcome.racers().stream().map(Figures::racer).toList();
    }

    static @Nullable List<Result.ErrorLine> errors(Outcome outcome) {
        return outcome.evidence()
                .errors()
                .map(errors -> errors.stream().map(Figures::error).toList())
                .orElse(null);
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

    static Map<String, Result.TableLine> tables(Outcome outcome, Database database) {
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
