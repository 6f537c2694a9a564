package dev.raceharness.command;

import dev.raceharness.Event;
import dev.raceharness.Exploration;
import dev.raceharness.RunOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts an exploration into the form for programs. */
final class ResultOfCheck {

    private static final String RETURNED = "returned ";

    private final Explored explored;
    private final Database database;

    ResultOfCheck(Explored explored, Database database) {
        this.explored = explored;
        this.database = database;
    }

    Result result(String message) {
        var exploration = explored.exploration();
        var shown = explored.shown();
        var proof = exploration.proof();
        return new Result(
                explored.verdict(),
                anomaly(),
                gates(),
                new Result.Interleavings(
                        exploration.interleavings().size(),
                        exploration.anomalies().size(),
                        exploration.complete(),
                        exploration.incomplete().orElse(null)),
                exploration.serialOutcomes().stream().map(outcome -> endsIn(null, outcome)).toList(),
                exploration.witness().map(witness -> endsIn(witness.schedule(), witness.outcome())).orElse(null),
                proof.map(Figures::racers).orElseGet(() -> racers(shown)),
                proof.map(outcome -> Figures.tables(outcome, database)).orElseGet(() -> tables(shown.outcome())),
                proof.map(Figures::errors).orElse(null),
                shown.schedule(),
                message,
                explored.definition());
    }

    /** Null where nothing is proved. */
    private @Nullable Boolean anomaly() {
        if (explored.anomalous()) {
            return true;
        }
        return explored.exitStatus() == ExitStatus.FINE ? false : null;
    }

    /** As they were asked for; those that were found stand on both sides of every write, and before the commit. */
    private List<String> gates() {
        var asked = explored.definition().gateSpecs();
        return asked.isEmpty()
                ? explored.gatedTables().stream()
                        .flatMap(table -> Stream.of("write on ", "after write on ", "commit after ")
                                .map(words -> words + database.qualified(table)))
                        .toList()
                : asked.stream().map(gate -> gate.describe(database::qualified)).toList();
    }

    private Result.EndsIn endsIn(@Nullable String schedule, RunOutcome outcome) {
        return new Result.EndsIn(
                schedule, results(outcome), byQualifiedName(outcome.rows()), byQualifiedName(outcome.contents()),
                outcome.observed());
    }

    private List<String> results(RunOutcome outcome) {
        var results = new ArrayList<String>();
        for (int i = 1; i <= explored.definition().racers().size(); i++) {
            results.add(result(outcome, String.valueOf(i)));
        }
        return results;
    }

    private static String result(RunOutcome outcome, String racer) {
        return outcome.results().getOrDefault(racer, "").replaceFirst("^" + RETURNED, "");
    }

    private <T> Map<String, T> byQualifiedName(Map<String, T> byName) {
        var qualified = new TreeMap<String, T>();
        byName.forEach((table, value) -> qualified.put(database.qualified(table), value));
        return qualified;
    }

    private Map<String, Result.TableLine> tables(RunOutcome outcome) {
        var tables = new TreeMap<String, Result.TableLine>();
        byQualifiedName(outcome.rows())
                .forEach((table, rows) -> tables.put(table, new Result.TableLine(null, null, rows)));
        return tables;
    }

    private List<Result.RacerLine> racers(Exploration.Explored shown) {
        var racers = new ArrayList<Result.RacerLine>();
        for (int i = 1; i <= explored.definition().racers().size(); i++) {
            racers.add(racer(shown, String.valueOf(i)));
        }
        return racers;
    }

    private static Result.RacerLine racer(Exploration.Explored shown, String name) {
        var events = shown.interleaving().events().stream()
                .filter(event -> event.racer().equals(name))
                .toList();
        var result = result(shown.outcome(), name);
        var elapsed = events.isEmpty()
                ? Duration.ZERO
                : events.get(events.size() - 1).at().minus(events.get(0).at());
        var command = CommandResult.parse(result, elapsed.toMillis());
        return new Result.RacerLine(
                name,
                null,
                events.stream().anyMatch(event -> event.kind() == Event.Kind.ARRIVED),
                command == null ? null : command.exitCode(),
                command == null ? result : command.output(),
                elapsed.toMillis());
    }
}
