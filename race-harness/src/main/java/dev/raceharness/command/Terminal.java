package dev.raceharness.command;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Whether a standard stream is a terminal. Java answers that only for all streams at once, so the shell is asked. */
final class Terminal {

    private Terminal() {}

    static boolean isOne(int stream) {
        if (Shell.ON_WINDOWS) {
            return System.console() != null;
        }
        try {
            var test = new ProcessBuilder("sh", "-c", "test -t " + stream).inheritIO().start();
            return test.waitFor(1, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
