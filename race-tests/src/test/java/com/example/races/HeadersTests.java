package com.example.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each race says in its header what a reader must know, and shows the broken form first. */
class HeadersTests {

    private static final Pattern TWIN = Pattern.compile("/\\*\\*\\s+(?:\\* )?(Broken|Half fixed|Fixed)");

    static Stream<Class<?>> races() {
        return RaceSource.races();
    }

    @ParameterizedTest
    @MethodSource("races")
    void theHeaderNamesTheAnomalyTheGateTheProofAndWhereItWasSeen(Class<?> race) {
        assertThat(RaceSource.of(race).header())
                .contains("Anomaly: ")
                .containsPattern("[Tt]he gates? (stands?|is)\\b|puts gates")
                .containsPattern("\\b[Tt]he (database|disk) must ")
                .contains("In the wild: ");
    }

    @ParameterizedTest
    @MethodSource("races")
    void theBrokenFormComesFirst(Class<?> race) {
        var source = RaceSource.of(race);
        var twins = TWIN.matcher(source.text()).results().map(found -> found.group(1)).toList();

        assertThat(twins).first().asString().isIn("Broken", "Half fixed");
        assertThat(twins.contains("Fixed") || source.header().contains("{@link"))
                .as("a form that is fixed, or a link to where it is")
                .isTrue();
    }
}
