package dev.raceharness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DescriptionTests {

    private static final String SOURCE =
            """
            /**
             * Two people, one {@link Seat}.
             *
             * <p>Anomaly: <b>write
             * skew</b>.
             */
            @RaceTest(value = "no class (")
            class SeatTests {

                /** Broken: both count. */
                @CsvSource({
                    "a, b",
                    "c, d"
                })
                void counted(String first, Race race) {
                    other();
                }

                void silent(Race race) {}

                /**
                 * Fixed: the row
                 * is locked.
                 *
                 * @param race not told
                 */
                Stream<DynamicTest> locked(Race race) {
                    return null;
                }
            }
            """;

    @Test
    void theJavadocOfAClassAndOfItsMethodsIsFound() {
        var description = Description.parse(SOURCE);

        assertThat(description.paragraphs()).containsExactly("Two people, one Seat.", "Anomaly: write skew.");
        assertThat(description.methods())
                .containsExactly(entry("counted", "Broken: both count."), entry("locked", "Fixed: the row is locked."));
    }

    @Test
    void whatHasNoSourceHasNoDescription() {
        assertThat(Description.of("nowhere.to.be.Found", Path.of("src/test/java"))).isEqualTo(Description.none());
    }

    @Test
    void whatIsBrokenByHalfStandsWithTheBroken() {
        assertThat(Twin.of("Broken: both count.")).isEqualTo(Twin.BROKEN);
        assertThat(Twin.of("Half fixed: one is locked out.")).isEqualTo(Twin.BROKEN);
        assertThat(Twin.of("Fixed: the row is locked.")).isEqualTo(Twin.FIXED);
        assertThat(Twin.of("")).isEqualTo(Twin.FIXED);
    }
}
