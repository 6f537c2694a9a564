package dev.raceharness.command;

import dev.raceharness.InstalledHarness;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "What the harness has in this database. Changes nothing.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    private final Console console;

    StatusCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (var database = connection.open(console)) {
            var installed = InstalledHarness.in(database.dataSource());
            if (installed.isEmpty()) {
                console.out().println("Nothing of the harness is in " + database.facts().database() + ".");
            }
            installed.forEach(harness -> console.out().println(harness));
        }
        return ExitStatus.FINE;
    }
}
