package dev.raceharness.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The process that serves a data directory, as its postmaster.pid tells. */
record Postmaster(ProcessHandle process, Path data, Instant started) {
    private static final Duration POLITE = Duration.ofSeconds(3);
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    /** Empty if none runs there; the pid alone is not believed, since it may belong to another process by now. */
    static Optional<Postmaster> in(Path data) {
        try {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"));
            var started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                    .map(process -> new Postmaster(process, data, started))
                    .filter(Postmaster::isPostgres)
                    .filter(Postmaster::servesThisData);
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private boolean isPostgres() {
        var command =
                process.info().command().map(path -> Path.of(path).getFileName().toString());
        return command.filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
                .isPresent();
    }

    private boolean servesThisData() {
        var arguments = process.info().arguments();
        if (arguments.isPresent()) {
            return Arrays.asList(arguments.get()).contains(data.toString());
        }
        // Windows does not tell arguments
        var start = process.info().startInstant();
        return start.isPresent() && Duration.between(start.get(), started).abs().compareTo(CLOCKS_DIFFER) < 0;
    }

    void end() {
        process.destroy();
        if (!ended()) {
            process.destroyForcibly();
            ended();
        }
    }

    private boolean ended() {
        try {
            process.onExit().get(POLITE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
