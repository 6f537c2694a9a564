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
        var address = Address.of(connection.url, console.environment());
        var dataSource = address.dataSource();
        try (var database = Database.open(dataSource, address)) {
            database.facts().checkName(connection.testDatabase);
            var before = InstalledHarness.in(dataSource);
            InstalledHarness.removeUnused(dataSource, connection.testDatabase);
            var after = InstalledHarness.in(dataSource);
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
