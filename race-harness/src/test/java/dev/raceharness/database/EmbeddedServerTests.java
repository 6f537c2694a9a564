package dev.raceharness.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EmbeddedServerTests {

    @Test
    void rootWithoutUserNamespacesIsToldTheTwoWaysOut() {
        assertThatThrownBy(() -> EmbeddedServer.refuseRootWithoutNamespaces(true, false))
                .isInstanceOf(NoDatabaseException.class)
                .hasMessageContainingAll("root", "unshare -U", "Two ways out", "as an ordinary user", "RACE_DB_URL");
    }

    @Test
    void everybodyElseMayStart() {
        assertThatCode(() -> EmbeddedServer.refuseRootWithoutNamespaces(true, true))
                .doesNotThrowAnyException();
        assertThatCode(() -> EmbeddedServer.refuseRootWithoutNamespaces(false, false))
                .doesNotThrowAnyException();
    }
}
