package dev.raceharness.command;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "force",
        mixinStandardHelpOptions = true,
        description = "Forces one interleaving: holds every racer at a gate, makes sure that all are held, and lets"
                + " them go by schedule.")
final class ForceCommand implements Callable<Integer> {

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--gate",
            paramLabel = "GATE",
            required = true,
            description = "Where racers are held, for instance 'insert on users'.")
    List<String> gates = List.of();

    @Mixin
    RacerOptions racers = new RacerOptions();

    @Option(
            names = "--schedule",
            paramLabel = "SCHEDULE",
            defaultValue = "together",
            description = "In which order they are let go: together, in-order, racers such as 2,1, or steps such as"
                    + " '1:users 2:users 1:commit'. Default: ${DEFAULT-VALUE}.")
    String schedule = "";

    @Option(
            names = "--expect",
            paramLabel = "COUNT=N",
            description = "TABLE.attempted=N, TABLE.uniqueViolations=N, TABLE.rows=N, or exit=N of every racer. If"
                    + " missed, the exit status is 1.")
    List<String> expect = List.of();

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Console console;

    ForceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        racers.check();
        gates.forEach(GateSpec::parse);
        expect.forEach(Expectation::parse);
        checkSchedule();
        return new RaceJob(console, connection, output)
                .run(new RaceDefinition(
                        false, gates, racers.racers, racers.before, racers.observe, racers.observeSql, List.of(),
                        racers.sessions, schedule, 1, 0, racers.arrive, racers.finish, expect));
    }

    private void checkSchedule() {
        try {
            var known = IntStream.rangeClosed(1, racers.racers.size()).mapToObj(String::valueOf).toList();
            var unknown = LineUp.racersIn(LineUp.schedule(schedule)).filter(racer -> !known.contains(racer));
            unknown.findFirst().ifPresent(racer -> {
                throw new WrongUseException("--schedule names the racer \"" + racer + "\", but the racers are 1 to "
                        + known.size() + ", in the order in which --racer names them.");
            });
            checkThatLocksOpenTogether();
        } catch (IllegalArgumentException e) {
            throw new WrongUseException("--schedule: " + e.getMessage(), e);
        }
    }

    private void checkThatLocksOpenTogether() {
        var lock = gates.stream().filter(gate -> GateSpec.parse(gate).kind() == GateSpec.Kind.LOCK).findFirst();
        if (lock.isPresent() && !schedule.equals("together")) {
            throw new WrongUseException("The gate \"" + lock.get() + "\" lets all its racers go at the same time, so it"
                    + " cannot follow --schedule " + schedule + ". Take a gate on a write, or --schedule together.");
        }
    }
}
