package dev.raceharness.command;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs external commands, and ends those that are still running when it is closed. Thread-safe. */
final class Shell implements AutoCloseable {

    static final boolean ON_WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    private static final File NOTHING = new File(ON_WINDOWS ? "NUL" : "/dev/null");

    /** A fixture may well fill a database. */
    private static final Duration FOR_OTHERS_THAN_RACERS = Duration.ofMinutes(5);

    private final Path folder;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    Shell() throws IOException {
        folder = Files.createTempDirectory("race-");
    }

    /** To its end, however long that takes. */
    CommandResult run(String command) throws IOException, InterruptedException {
        return run(command, Duration.ofDays(1));
    }

    /**
     * One that is no racer.
     *
     * @param option by which the command line names it
     * @throws WrongUseException if it cannot be started, or does not end in time
     */
    CommandResult call(String option, String command) {
        try {
            return run(command, FOR_OTHERS_THAN_RACERS);
        } catch (IOException e) {
            throw new WrongUseException("The command of " + option + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + option + " ran.", e);
        }
    }

    /**
     * Standard output and error go to files: a process left behind in the background keeps a pipe open for ever.
     *
     * @throws IOException if it cannot be started, or does not end in time
     */
    CommandResult run(String command, Duration atMost) throws IOException, InterruptedException {
        var out = Files.createTempFile(folder, "", ".out");
        var err = Files.createTempFile(folder, "", ".err");
        var start = System.nanoTime();
        var process = new ProcessBuilder(ON_WINDOWS ? List.of("cmd", "/c", command) : List.of("sh", "-c", command))
                .redirectInput(Redirect.from(NOTHING))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        running.add(process);
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("it did not end within " + atMost.toSeconds() + " s: " + command);
            }
            var millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            var printed = text(out) + (process.exitValue() == 0 ? "" : text(err));
            return new CommandResult(process.exitValue(), printed.stripTrailing(), millis);
        } finally {
            if (!process.isAlive()) {
                running.remove(process);
            }
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        running.forEach(process -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        });
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            // Empty files in the folder for temporary ones: the system removes them.
        }
    }
}
