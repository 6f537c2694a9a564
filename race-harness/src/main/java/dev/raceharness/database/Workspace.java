package dev.raceharness.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/**
 * The temporary folder of one embedded server: in memory where Linux has a file system for that, with room for far more than
 * tests need; else, or if somebody chose a {@code java.io.tmpdir}, where temporary files are. A lock on a file beside it says
 * that its JVM lives: the operating system gives the lock up when the JVM ends, however it ends, so that the next one can tell
 * a leftover from a neighbour.
 */
record Workspace(Path folder, FileChannel life) {

    /** Of Java on Linux, unless somebody chose another. */
    private static final Path USUAL_TEMPORARY = Path.of("/tmp");

    private static final Path MEMORY = Path.of("/dev/shm");
    /** A server has 30 to 110 MB after its tests; with much writing, PostgreSQL keeps some 1 GB of log until a checkpoint. */
    private static final long ENOUGH_BYTES = 4L << 30;

    static Workspace create() {
        try {
            var parent = Files.createDirectories(
                    parentIn(temporary().equals(USUAL_TEMPORARY) && isRoomyMemory(MEMORY) ? MEMORY : temporary()));
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

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    static boolean isRoomyMemory(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            return false;
        }
        var store = Files.getFileStore(folder);
        return isRoomyMemory(store.type(), store.getUsableSpace());
    }

    static boolean isRoomyMemory(String fileSystem, long usableBytes) {
        return fileSystem.equals("tmpfs") && usableBytes >= ENOUGH_BYTES;
    }

    /** Wherever one may have been created: how much room there was then is not known any more. */
    static List<Path> parents() {
        return List.of(parentIn(temporary()), parentIn(MEMORY));
    }

    /** One for each user of the machine, because nobody can clean up for another. */
    private static Path parentIn(Path folder) {
        var user = System.getProperty("user.name", "unknown").replaceAll("\\W", "_");
        return folder.resolve("race-harness-postgres-" + user);
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
