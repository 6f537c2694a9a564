package dev.raceharness.command;

import dev.raceharness.Arming;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.Schedule;
import dev.raceharness.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Makes a race of external commands. Racers are called 1, 2, and so on. */
final class LineUp {

    private final RaceDefinition definition;
    private final Database database;
    private final Shell shell;
    private final Progress progress;
    private final Observers observers;

    LineUp(RaceDefinition definition, Database database, Shell shell, Progress progress) {
        this.definition = definition;
        this.database = database;
        this.shell = shell;
        this.progress = progress;
        this.observers = new Observers(definition, database, shell);
    }

    /** A race to be explored: each run has its own data, and its own before and after. */
    Race toExplore() {
        var race = race(definition.gates());
        for (int i = 0; i < definition.racers().size(); i++) {
            var racer = String.valueOf(i + 1);
            Run.Action action = run -> race(racer, run);
            Callable<?> sameDataAlways = () -> race(racer, new Run(""));
            race = definition.makesFreshData() ? race.racer(racer, action) : race.racer(racer, sameDataAlways);
        }
        for (var pattern : definition.ignore()) {
            race = race.ignore(pattern);
        }
        if (!definition.before().isEmpty()) {
            race = race.before(run -> {
                prepare(run);
                return "";
            });
        }
        if (!definition.observe().isEmpty() || !definition.observeSql().isEmpty()) {
            race = race.observe(run -> String.join("\n", observers.observe(run)));
        }
        race = race.atMost(definition.maxInterleavings()).withEvidence();
        return definition.within() > 0 ? race.exploreWithin(seconds(definition.within())) : race;
    }

    /** A race to be run once. */
    Race toForce(Run run) {
        var gates = definition.gates().stream().map(gate -> Placeholders.fill(gate, run)).toList();
        var race = race(gates).acceptSerialised();
        for (int i = 0; i < definition.racers().size(); i++) {
            var racer = String.valueOf(i + 1);
            race = race.racer(racer, () -> race(racer, run));
        }
        return race.watch(database.toBeWatched(definition).toArray(String[]::new));
    }

    private Race race(List<String> gates) {
        var race = Race.on(database.dataSource())
                .inTestDatabase(database.facts().database())
                .armedBy(
                        definition.sessions().isEmpty()
                                ? Arming.everySession()
                                : Arming.byRole(definition.sessions().toArray(String[]::new)))
                .arriveWithin(seconds(definition.arrive()))
                .finishWithin(seconds(definition.finish()));
        for (var text : gates) {
            for (var gate : GateSpec.parse(text).gates()) {
                race = race.holdAt(gate);
            }
        }
        return definition.schedule() == null ? race : race.release(schedule(definition.schedule()));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    static Schedule schedule(String text) {
        if (text.equals("together")) {
            return Schedule.together();
        }
        if (text.equals("in-order")) {
            return Schedule.inOrder();
        }
        return text.contains(":") ? Schedule.steps(text) : Schedule.inOrder(text.split("\\s*,\\s*"));
    }

    static Stream<String> racersIn(Schedule schedule) {
        if (schedule instanceof Schedule.InOrder inOrder) {
            return inOrder.racers().stream();
        }
        return schedule instanceof Schedule.Steps steps ? steps.steps().stream().map(Step::racer) : Stream.of();
    }

    private CommandResult race(String racer, Run run) throws IOException, InterruptedException {
        if (racer.equals("1")) {
            progress.oneMoreRun();
        }
        return shell.run(Placeholders.fill(definition.racers().get(Integer.parseInt(racer) - 1), run, racer));
    }

    /** @throws WrongUseException if a fixture fails */
    void prepare(Run run) {
        for (var command : definition.before()) {
            var filled = Placeholders.fill(command, run);
            var result = shell.call("--before", filled);
            if (result.exitCode() != 0) {
                throw new WrongUseException("The command of --before failed: " + filled + "\n" + result);
            }
        }
    }

    /** What is to be seen after a run. */
    List<String> observe(Run run) {
        return observers.observe(run);
    }
}
