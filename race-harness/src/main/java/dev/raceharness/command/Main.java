package dev.raceharness.command;

import dev.raceharness.RaceSetupException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** {@code java -jar race.jar}. */
final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Console.ofThisProcess(), arguments));
    }

    static int run(Console console, String... arguments) {
        return RaceCommand.in(console)
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(Help.defaultColorScheme(console.colours() ? Ansi.ON : Ansi.OFF))
                .setExitCodeExceptionMapper(Main::statusOf)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(console, failure))
                .setUsageHelpAutoWidth(console.outIsTerminal())
                .execute(arguments);
    }

    private static int explain(Console console, Exception failure) {
        var wrongUse = WrongUseException.behind(failure);
        if (wrongUse != null) {
            console.note(String.valueOf(wrongUse.getMessage()));
            return ExitStatus.WRONG_USE;
        }
        if (failure instanceof IllegalArgumentException) {
            console.note(String.valueOf(failure.getMessage()));
            return ExitStatus.WRONG_USE;
        }
        if (failure instanceof RaceSetupException) {
            console.note(String.valueOf(failure.getMessage()));
        } else {
            console.note("This is a fault of race itself: please report it with what follows.");
            failure.printStackTrace(console.err());
        }
        return ExitStatus.FAULT;
    }

    private static int statusOf(Throwable failure) {
        return failure instanceof CommandLine.ParameterException ? ExitStatus.WRONG_USE : ExitStatus.FAULT;
    }
}
