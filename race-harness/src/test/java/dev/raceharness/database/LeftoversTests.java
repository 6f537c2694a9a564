package dev.raceharness.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With builds in JVMs of their own, which can be killed, and a temporary folder that no real build looks into. */
@Timeout(120)
class LeftoversTests {
    @TempDir
    private Path temporary;

    @Test
    void theServerOfAKilledBuildIsEndedByTheNextAndThatOfALivingBuildIsLeftAlone() throws Exception {
        var starting = start();
        var killed = start().running();
        var neighbour = starting.running();
        killed.jvm().destroyForcibly().waitFor();
        assertThat(killed.server()).matches(ProcessHandle::isAlive);

        var next = start().running();
        assertThat(killed.server().onExit()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(next.server()).matches(ProcessHandle::isAlive);
        assertThat(neighbour.server()).matches(ProcessHandle::isAlive);

        next.end();
        neighbour.end();
        assertThat(workspaces()).isEmpty();
    }

    @Test
    void aProcessThatGotTheNumberOfADeadServerIsNotTakenForIt() throws IOException {
        var number = ProcessHandle.current().pid();
        Files.writeString(
                temporary.resolve("postmaster.pid"),
                "%d%n%s%n%d%n".formatted(number, temporary, Instant.now().getEpochSecond()));

        assertThat(Postmaster.in(temporary)).isEmpty();
    }

    private StartedJvm start() throws IOException {
        var binaries = new File(System.getProperty("java.io.tmpdir"), "embedded-pg");
        var jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-Dot.epg.working-dir=" + binaries,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Build.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        return new StartedJvm(jvm);
    }

    private record StartedJvm(Process jvm) {
        OtherBuild running() throws IOException {
            var server = Long.parseLong(jvm.inputReader().readLine());
            return new OtherBuild(jvm, ProcessHandle.of(server).orElseThrow());
        }
    }

    private record OtherBuild(Process jvm, ProcessHandle server) {
        void end() throws IOException {
            jvm.getOutputStream().close();
            assertThat(jvm.onExit()).succeedsWithin(Duration.ofSeconds(30));
            assertThat(server.onExit()).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    private List<Path> workspaces() throws IOException {
        try (var users = Files.walk(temporary, 2)) {
            return users.filter(
                            path -> path.getParent().getFileName().toString().startsWith("race-harness-postgres-"))
                    .toList();
        }
    }
}
