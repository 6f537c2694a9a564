package dev.raceharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

class NoDependenciesTests {

    @Test
    void theDriverIsAllItNeedsAtRunTime(@TempDir Path program) throws Exception {
        Playground.sql("DROP TABLE IF EXISTS bare", "CREATE TABLE bare (name text PRIMARY KEY)");
        var file = BareRace.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(program.resolve(file).getParent());
        Files.copy(whereItIs(BareRace.class).resolve(file), program.resolve(file));
        var classPath = String.join(
                File.pathSeparator,
                program.toString(),
                whereItIs(Race.class).toString(),
                whereItIs(Driver.class).toString());

        var database = Playground.database();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        BareRace.class.getName(),
                        database.jdbcUrl(),
                        database.username(),
                        database.password())
                .redirectErrorStream(true)
                .start();
        try {
            var output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output).startsWith("bare race\n  FORCED: 2 of 2 racers held at before insert on bare");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path whereItIs(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
