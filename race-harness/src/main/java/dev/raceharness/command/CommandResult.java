package dev.raceharness.command;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of one external command.
 *
 * @param output what it printed, without blanks at the end; if it failed, what it printed to standard error as well
 */
record CommandResult(int exitCode, String output, long millis) {

    private static final Pattern TEXT = Pattern.compile("exit (-?\\d+)(?:: (.*))?", Pattern.DOTALL);

    @Override
    public String toString() {
        return "exit " + exitCode + (output.isEmpty() ? "" : ": " + output);
    }

    /** What {@link #toString} made a text of; null if it is none of that kind. */
    static @Nullable CommandResult parse(String text, long millis) {
        var found = TEXT.matcher(text);
        return found.matches()
                ? new CommandResult(
                        Integer.parseInt(found.group(1)), found.group(2) == null ? "" : found.group(2), millis)
                : null;
    }
}
