package dev.raceharness.command;

import java.io.PrintStream;
import java.util.Map;

/**
 * What surrounds the command.
 *
 * @param outIsTerminal whether somebody looks at standard output
 * @param errIsTerminal whether somebody looks at standard error
 */
record Console(
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal) {

    static Console ofThisProcess() {
        var environment = System.getenv();
        return new Console(environment, System.out, System.err, Terminal.isOne(1), Terminal.isOne(2));
    }

    /** Colours are for people, and not for those who asked for none. */
    boolean colours() {
        return outIsTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
    }

    /** Something to know that is not the result. */
    void note(String text) {
        err.println("race: " + text.strip().replace("\n", "\n      "));
        err.flush();
    }
}
