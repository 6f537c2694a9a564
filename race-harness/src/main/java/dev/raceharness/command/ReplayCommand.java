package dev.raceharness.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Forces the interleaving that a result records, again: the same commands at the same gates."
                + " That of a check is judged as it was there.")
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    ConnectionOptions connection = new ConnectionOptions();

    @Parameters(paramLabel = "FILE", description = "What --json of race check or race force wrote.")
    Path file = Path.of("");

    @Mixin
    OutputOptions output = new OutputOptions();

    private final Console console;

    ReplayCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        return new RaceJob(console, connection, output).run(JsonFile.read(file));
    }
}
