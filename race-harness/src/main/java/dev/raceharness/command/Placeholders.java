package dev.raceharness.command;

import dev.raceharness.Run;

/** Puts the run and the racer into a command or an SQL text. */
final class Placeholders {

    private static final String RUN = "{run}";
    private static final String RACER = "{racer}";

    private Placeholders() {}

    static boolean namesRun(String text) {
        return text.contains(RUN);
    }

    static String fill(String text, Run run, String racer) {
        return fill(text, run).replace(RACER, racer);
    }

    static String fill(String text, Run run) {
        return text.replace(RUN, run.token());
    }
}
