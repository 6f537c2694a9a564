package dev.raceharness.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.CallGate;
import org.junit.jupiter.api.Test;

/** In another package than the gate's, as applications are. */
class HiddenInterfaceTests {

    interface Hidden {
        String name();
    }

    @Test
    void anInterfaceNeedNotBePublic() {
        assertThat(CallGate.<Hidden>before(Hidden.class, () -> "called", "name").proxy().name()).isEqualTo("called");
    }
}
