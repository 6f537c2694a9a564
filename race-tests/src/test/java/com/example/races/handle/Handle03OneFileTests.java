package com.example.races.handle;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.RaceTest;
import dev.raceharness.CallGate;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two programs create one file that must not exist: the same pattern as a handle, outside of the database.
 *
 * <p>Anomaly: check-then-act. The gate is a decorator of the check and stands in the process, because a file system
 * asks no trigger: both have heard "there is none" before either goes on. The disk must show the file of whoever was
 * told that it is theirs.
 *
 * <p>In the wild: lock files, uploads that replace one another, and temporary files that somebody else had put there
 * first, which is a hole and has numbers of its own in the lists of vulnerabilities.
 */
@RaceTest
class Handle03OneFileTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    public interface Folder {
        boolean has(Path file);
    }

    @TempDir
    Path folder;

    private Path file;

    /** Hands over to both racers at once. */
    private final CallGate<Folder> afterTheCheck = CallGate.after(Folder.class, Files::exists, "has");

    @BeforeEach
    void noFile() {
        file = folder.resolve("claimed");
    }

    /** Broken: both find none, both write, and one's content is gone without a word. */
    @Test
    void whoLooksAndThenWritesIsOverwritten(Race race) throws IOException {
        var outcome = race.holdAt(afterTheCheck)
                .racer("ada", () -> claim("ada", StandardOpenOption.CREATE))
                .racer("ben", () -> claim("ben", StandardOpenOption.CREATE))
                .run();

        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(outcome.racer("ada").value()).isEqualTo(true); // "it is yours", says the code to both
        assertThat(Files.readString(file)).isIn("ada", "ben");
    }

    /** Fixed: to look and to create is one call of the operating system, and it says no to one of them. */
    @Test
    void whoCreatesItAnewIsToldThatItIsThere(Race race) throws IOException {
        var outcome = race.holdAt(afterTheCheck)
                .racer("ada", () -> claim("ada", StandardOpenOption.CREATE_NEW))
                .racer("ben", () -> claim("ben", StandardOpenOption.CREATE_NEW))
                .run();

        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(true, false);
        assertThat(outcome.racer(Files.readString(file)).value()).isEqualTo(true);
    }

    private boolean claim(String owner, OpenOption how) {
        try {
            if (afterTheCheck.proxy().has(file)) {
                return false;
            }
            Files.writeString(file, owner, how, StandardOpenOption.WRITE);
            return true;
        } catch (FileAlreadyExistsException somebodyElse) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
