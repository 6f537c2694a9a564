package dev.raceharness.command;

import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.RaceNotForcedException;
import dev.raceharness.RaceSetupException;
import dev.raceharness.Run;
import dev.raceharness.Verdict;
import dev.raceharness.report.Story;
import java.io.IOException;
import java.sql.SQLException;
import picocli.CommandLine.Help.Ansi;

/** One race from the command line to its exit status. */
record RaceJob(Console console, ConnectionOptions connection, OutputOptions output) {

    int run(RaceDefinition definition) throws IOException {
        output.check();
        try (var database = connection.open(console);
                var shell = new Shell();
                var progress = new Progress(console)) {
            database.facts().check();
            database.check(definition);
            database.facts().losses(definition.explores()).forEach(console::note);
            var interrupted = new Thread(shell::close);
            Runtime.getRuntime().addShutdownHook(interrupted);
            try {
                var lineUp = new LineUp(definition, database, shell, progress);
                return race(definition, database, lineUp, progress);
            } finally {
                Runtime.getRuntime().removeShutdownHook(interrupted);
            }
        }
    }

    private int race(RaceDefinition definition, Database database, LineUp lineUp, Progress progress) {
        try {
            return definition.explores()
                    ? explore(definition, database, lineUp, progress)
                    : force(definition, database, lineUp);
        } catch (RaceNotForcedException e) {
            progress.close();
            return end(definition, database, e, Words.notForced(e, definition));
        } catch (RaceSetupException e) {
            progress.close();
            if (WrongUseException.behind(e) != null) {
                throw e;
            }
            if (wasRefusedAsWrong(e)) {
                throw new WrongUseException(String.valueOf(e.getMessage()), e);
            }
            var message = "HARNESS FAULT: " + e.getMessage();
            return end(without(definition, database, Verdict.HARNESS_FAULT, message), ExitStatus.FAULT);
        }
    }

    /** By the server: wrong SQL (class 42), or what it does not have (0A); some only the making of a trigger finds out. */
    private static boolean wasRefusedAsWrong(RaceSetupException e) {
        return e.getCause() instanceof SQLException refused
                && String.valueOf(refused.getSQLState()).matches("(42|0A).*");
    }

    private int end(RaceDefinition definition, Database database, RaceNotForcedException e, String message) {
        var result = without(definition, database, e.verdict(), message);
        return end(
                e.outcome()
                        .map(seen -> result.with(
                                Figures.racers(seen), Figures.tables(seen, database), Figures.errors(seen)))
                        .orElse(result),
                ExitStatus.NOT_RACED);
    }

    private static Result without(RaceDefinition definition, Database database, Verdict verdict, String message) {
        var gates = definition.gateSpecs().stream().map(gate -> gate.describe(database::qualified)).toList();
        return Result.without(verdict, definition, gates, message);
    }

    private int end(Result result, int status) {
        return end(status, "", result, Stories.without(result.message()));
    }

    private int explore(RaceDefinition definition, Database database, LineUp lineUp, Progress progress) {
        var explored = new Explored(lineUp.toExplore().explore(), definition);
        progress.close();
        var headline = Words.headline(explored);
        var result = new ResultOfCheck(explored, database).result(headline);
        return end(explored.exitStatus(), Words.describe(explored), result, Stories.of(explored, headline));
    }

    private int force(RaceDefinition definition, Database database, LineUp lineUp) {
        var run = Run.fresh();
        lineUp.prepare(run);
        var outcome = outcome(lineUp.toForce(run));
        var forced = ResultOfForce.of(outcome, definition, database, lineUp.observe(run));
        var headline = Words.headline(forced);
        var result = forced.result(database, headline);
        return end(forced.exitStatus(), Words.describe(forced), result, Stories.of(forced, headline));
    }

    /** If racers are let go one by one, and one does not come back, the harness takes that for a race not forced. */
    private static Outcome outcome(Race race) {
        try {
            return race.run();
        } catch (RaceNotForcedException e) {
            return e.outcome().filter(ResultOfForce::timedOut).orElseThrow(() -> e);
        }
    }

    /** Shown first: whoever cannot read it in the file has seen it. */
    private int end(int status, String details, Result result, Story story) {
        print(status, result.message(), details);
        var failures = output.write(result, story);
        failures.forEach(console::note);
        if (!failures.isEmpty()) {
            return status == ExitStatus.FINE ? ExitStatus.FAULT : status;
        }
        if (output.json != null && result.schedule() != null) {
            console.out().println("\nagain: " + Again.line(connection, output.json));
            console.out().flush();
        }
        return status;
    }

    private void print(int status, String headline, String details) {
        var ansi = console.colours() ? Ansi.ON : Ansi.OFF;
        var style = status == ExitStatus.FINE ? Ansi.Style.fg_green : Ansi.Style.fg_red;
        console.out().println(
                ansi.enabled() ? style.on() + Ansi.Style.bold.on() + headline + Ansi.Style.reset.on() : headline);
        if (!details.isEmpty()) {
            console.out().println("\n" + details.stripTrailing());
        }
        console.out().flush();
    }
}
