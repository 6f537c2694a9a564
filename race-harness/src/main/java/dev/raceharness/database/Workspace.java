package dev.raceharness.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * The temporary folder of one embedded server. A lock on a file beside it says that its JVM lives: the operating system
 * gives the lock up when the JVM ends, however it ends, so that the next one can tell a leftover from a neighbour.
 */
record Workspace(Path folder, FileChannel life) {

    static Workspace create() {
        try {
            var parent = Files.createDirectories(parent());
            var name = "%d-%s".formatted(ProcessHandle.current().pid(), RandomName.token());
            // locked first, then there: a folder that is seen without its lock is a leftover
            var life = FileChannel.open(
                    lifeOf(parent.resolve(name)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            life.lock();
            return new Workspace(Files.createDirectory(parent.resolve(name)), life);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One for each user of the machine, because nobody can clean up for another. */
    static Path parent() {
        var user = System.getProperty("user.name", "unknown").replaceAll("\\W", "_");
        return Path.of(System.getProperty("java.io.tmpdir"), "race-harness-postgres-" + user);
    }

    static Path lifeOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    static Path dataIn(Path folder) {
        return folder.resolve("data");
    }

    Path data() {
        return dataIn(folder);
    }

    Path outputFile() {
        return folder.resolve("output.log");
    }

    /** What initdb, pg_ctl and the server said before its log collector took over. */
    String output() {
        try {
            return Files.exists(outputFile()) ? Files.readString(outputFile()).strip() : "";
        } catch (IOException e) {
            return "(its output cannot be read: " + e + ")";
        }
    }

    boolean belongsToRoot() {
        try {
            return Objects.equals(Files.getAttribute(folder, "unix:uid"), 0);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // Windows
        }
    }

    /** Ends the server in it, if one still runs there. */
    void delete() {
        Leftovers.remove(folder);
        try {
            life.close();
            Files.deleteIfExists(lifeOf(folder));
        } catch (IOException e) {
            // the next start tries again
        }
    }
}
