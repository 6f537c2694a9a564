package dev.raceharness.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChoiceTests {

    @Test
    void aNamedServerWinsOverEverything() {
        assertThat(Choice.from(Map.of("RACE_DB_URL", "jdbc:postgresql://db/x", "RACE_DB", "docker")))
                .isEqualTo(Choice.EXTERNAL);
    }

    @Test
    void dockerAndEmbeddedCanBeInsistedOn() {
        assertThat(Choice.from(Map.of("RACE_DB", "docker"))).isEqualTo(Choice.DOCKER);
        assertThat(Choice.from(Map.of("RACE_DB", "embedded"))).isEqualTo(Choice.EMBEDDED);
    }

    @Test
    void withoutAWishItIsWhatIsThere() {
        assertThat(Choice.from(Map.of())).isEqualTo(Choice.WHAT_IS_THERE);
        assertThat(Choice.from(Map.of("RACE_DB_URL", " ", "RACE_DB", ""))).isEqualTo(Choice.WHAT_IS_THERE);
    }

    @Test
    void anotherWishIsAnError() {
        assertThatThrownBy(() -> Choice.from(Map.of("RACE_DB", "podman")))
                .isInstanceOf(NoDatabaseException.class)
                .hasMessageContainingAll("docker or embedded", "\"podman\"", "RACE_DB_URL");
    }

    @Test
    void anEngineThatIsNamedIsAsked() {
        assertThat(DockerEngine.mayAnswer(Map.of("DOCKER_HOST", "tcp://localhost:2375")))
                .isTrue();
    }
}
