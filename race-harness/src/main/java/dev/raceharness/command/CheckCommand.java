package dev.raceharness.command;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Is it as if one after the other? Forces every interleaving of the racers, and compares how"
                + " they end with how the same racers end one after the other.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    RacerOptions racers = new RacerOptions();

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            description = "Where racers are held, for instance 'insert on users'. Without any, the racers are watched one"
                    + " after the other, in each order, and every table that they contend for gets its gates.")
    List<String> gates = List.of();

    @Option(
            names = "--ignore",
            paramLabel = "REGEX",
            description = "Masked in results before they are compared. UUIDs, times, numbers of four digits and more"
                    + " and {run} are masked already.")
    List<String> ignore = List.of();

    @Option(
            names = "--max-interleavings",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Stops after so many; the result says so. Default: ${DEFAULT-VALUE}.")
    int maxInterleavings;

    @Option(
            names = "--within",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Stops after this time; the result says so. Where there are many interleavings, those come"
                    + " first in which racers are seldom interrupted. Default: ${DEFAULT-VALUE}.")
    double within;

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Console console;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        racers.check();
        gates.forEach(CheckCommand::checkGate);
        ignore.forEach(CheckCommand::checkPattern);
        if (maxInterleavings < 1) {
            throw new WrongUseException("--max-interleavings is a number from 1, but is " + maxInterleavings + ".");
        }
        if (within <= 0) {
            throw new WrongUseException("--within is seconds and more than 0, but is " + within + ".");
        }
        return new RaceJob(console, connection, output)
                .run(new RaceDefinition(
                        true, gates, racers.racers, racers.before, racers.observe, racers.observeSql, ignore,
                        racers.sessions, null, maxInterleavings, within, racers.arrive, racers.finish, List.of()));
    }

    private static void checkGate(String text) {
        var gate = GateSpec.parse(text);
        if (gate.kind() == GateSpec.Kind.LOCK) {
            throw new WrongUseException("The gate \"" + text + "\" lets all its racers go at the same time, so it"
                    + " cannot take them through every interleaving: it is for race force. Take 'write on "
                    + gate.table().orElse("") + "'.");
        }
        if (Placeholders.namesRun(text)) {
            throw new WrongUseException("The gate \"" + text + "\" stands for all runs of a check, so it cannot name"
                    + " {run}. Compare with what the data of all runs have in common, for instance: when (NEW.email"
                    + " LIKE '%@race.test')");
        }
    }

    private static void checkPattern(String regex) {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new WrongUseException("--ignore takes a regular expression as Java has them, but: "
                    + e.getMessage(), e);
        }
    }
}
