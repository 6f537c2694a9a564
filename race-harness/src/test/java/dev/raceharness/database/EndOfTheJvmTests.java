package dev.raceharness.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EndOfTheJvmTests {

    @Test
    @Timeout(60)
    void aDatabaseThatItsUserClosesIsThereUntilThen() throws Exception {
        var jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        UnfinishedApplication.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();

        assertThat(jvm.inputReader().lines()).containsExactly("[finished]");
        assertThat(jvm.waitFor()).isZero();
    }
}
