package com.example.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each race says in its header what a reader must know, and shows the broken form first. */
class HeadersTests {

    private static final Pattern TWIN = Pattern.compile("/\\*\\*\\s+(?:\\* )?(Broken|Half fixed|Fixed)");

    /** What a reader must know, with an example. */
    private enum Part {
        ANOMALY(
                "Anomaly: (check-then-act|lost update \\(P4\\)|write skew \\(G2(-item)?\\)|read skew|deadlock \\(40P01\\)"
                        + "|unique violation \\(23505\\)|serialization failure \\(40001\\)|none\\b)",
                "Anomaly: check-then-act."),
        GATE_WITH_A_REASON(
                "[Tt]he gates? (stands?|is)\\b[^.]*(: |\\bbecause\\b|\\bafter\\b|\\bso that\\b|\\bthat both\\b)",
                "The gate stands on the INSERT, after the check."),
        PROOF("\\b[Tt]he (database|disk) must (show|count|never show) \\w", "The database must show 1 row."),
        WHERE_IT_WAS_SEEN("In the wild: \\S+ \\S+", "In the wild: companies that exist twice.");

        private final Pattern pattern;
        private final String example;

        Part(String pattern, String example) {
            this.pattern = Pattern.compile(pattern);
            this.example = example;
        }

        static List<Part> missingIn(String header) {
            return Stream.of(values()).filter(part -> !part.pattern.matcher(header).find()).toList();
        }
    }

    static Stream<Class<?>> races() {
        return RaceSource.races();
    }

    static Stream<Class<?>> catalogue() {
        return RaceSource.catalogue();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void theHeaderNamesTheAnomalyTheGateTheProofAndWhereItWasSeen(Class<?> race) {
        var header = RaceSource.of(race).header();

        assertThat(Part.missingIn(header)).as("what the header does not say: %s", header).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void aHeaderWithoutOneOfThemIsNoticed(Part part) {
        var header = "Two sign in. " + String.join(" ", Stream.of(Part.values()).map(one -> one.example).toList());

        assertThat(Part.missingIn(header)).isEmpty();
        assertThat(Part.missingIn(header.replace(part.example, ""))).containsExactly(part);
    }

    @Test
    void aGateWithoutAReasonIsNoticed() {
        assertThat(Part.missingIn("The gate stands on the INSERT of the job. After that the database must show: one."))
                .contains(Part.GATE_WITH_A_REASON);
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

    @ParameterizedTest
    @MethodSource("races")
    void eachTestSaysWhatItShows(Class<?> race) {
        var source = RaceSource.of(race);
        var tests = RaceSource.testsThatTakeARace(race).stream().map(test -> test.replaceAll(".*#", ""));

        assertThat(tests.filter(test -> source.commentOn(test).isEmpty())).as("tests without a comment").isEmpty();
    }
}
