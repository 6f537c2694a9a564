package dev.raceharness.command;

import java.util.List;
import picocli.CommandLine.Option;

/** Who races, and what surrounds them. */
final class RacerOptions {

    @Option(
            names = "--racer",
            paramLabel = "COMMAND",
            required = true,
            description = "Run by the shell, at least two. {run} is a token that is new for every run, {racer} the"
                    + " number of the racer.")
    List<String> racers = List.of();

    @Option(names = "--before", paramLabel = "COMMAND", description = "Run before every run: the fixture.")
    List<String> before = List.of();

    @Option(
            names = "--observe",
            paramLabel = "COMMAND",
            description = "Run after every run; what it prints belongs to the outcome.")
    List<String> observe = List.of();

    @Option(
            names = "--observe-sql",
            paramLabel = "SQL",
            description = "Asked after every run; what it returns belongs to the outcome.")
    List<String> observeSql = List.of();

    @Option(
            names = "--sessions",
            paramLabel = "ROLE",
            split = ",",
            description = "Hold only sessions of these database roles. Default: every session of the database.")
    List<String> sessions = List.of();

    @Option(
            names = "--arrive",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long each racer may take to its gate. Default: ${DEFAULT-VALUE}.")
    double arrive;

    @Option(
            names = "--finish",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long racers may take once they are let go. Default: ${DEFAULT-VALUE}.")
    double finish;

    void check() {
        if (racers.size() < 2) {
            throw new WrongUseException("A race needs at least two racers, but there is only one: give --racer"
                    + " twice. The same command may race itself.");
        }
        if (arrive <= 0 || finish <= 0) {
            throw new WrongUseException("--arrive and --finish are seconds and more than 0, for instance --arrive"
                    + " 2.5.");
        }
    }
}
