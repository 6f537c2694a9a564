package dev.raceharness.command;

import dev.raceharness.InstalledHarness;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Takes out what harnesses left in this database that were killed. One that is racing is left"
                + " alone.")
final class RemoveCommand implements Callable<Integer> {

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    private final Console console;

    RemoveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var database = connection.open(console)) {
            var before = InstalledHarness.in(database.dataSource());
            InstalledHarness.removeUnused(database.dataSource(), connection.testDatabase);
            var after = InstalledHarness.in(database.dataSource());
            before.stream().filter(harness -> !after.contains(harness)).forEach(harness ->
                    console.out().println("Removed: " + harness));
            after.forEach(harness -> console.out().println("Left alone: " + harness));
            if (before.isEmpty()) {
                console.out().println("Nothing of the harness is in " + database.facts().database() + ".");
            }
            return after.stream().allMatch(InstalledHarness::inUse) ? ExitStatus.FINE : ExitStatus.FAULT;
        }
    }
}
