package dev.raceharness.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/** Servers and folders of builds that were killed before they could clean up. */
final class Leftovers {
    private Leftovers() {}

    /** Ends them, and leaves alone what belongs to a living JVM. What cannot go now is tried again next time. */
    static void remove() {
        Workspace.parents().stream().filter(Files::isDirectory).forEach(Leftovers::removeThoseIn);
    }

    private static void removeThoseIn(Path parent) {
        // Our own are not even looked at: on POSIX systems, closing any channel to a file gives up all our locks on it.
        var ours = ProcessHandle.current().pid() + "-";
        try (var folders = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (var folder : folders) {
                if (!folder.getFileName().toString().startsWith(ours)) {
                    removeIfAbandoned(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void removeIfAbandoned(Path folder) throws IOException {
        var life = Workspace.lifeOf(folder);
        try (var channel = FileChannel.open(life, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return;
            }
            remove(folder);
        } catch (NoSuchFileException e) {
            remove(folder);
        }
        Files.deleteIfExists(life);
    }

    static void remove(Path folder) {
        Postmaster.in(Workspace.dataIn(folder)).ifPresent(Postmaster::end);
        try (var everything = Files.walk(folder)) {
            for (var path : everything.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // a file was still in use, or another build was quicker
        }
    }
}
