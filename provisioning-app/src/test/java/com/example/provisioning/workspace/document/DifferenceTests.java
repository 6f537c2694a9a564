package com.example.provisioning.workspace.document;

import static com.example.provisioning.workspace.document.Difference.Origin.BOTH;
import static com.example.provisioning.workspace.document.Difference.Origin.MINE;
import static com.example.provisioning.workspace.document.Difference.Origin.THEIRS;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.workspace.document.Difference.Line;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DifferenceTests {

    @Test
    void whatIsCommonIsShownOnce() {
        assertThat(Difference.between("a\nb\nc\nd", "a\nx\nc\ny\nd")).containsExactly(
                new Line(BOTH, "a"),
                new Line(THEIRS, "b"),
                new Line(MINE, "x"),
                new Line(BOTH, "c"),
                new Line(MINE, "y"),
                new Line(BOTH, "d"));
    }

    @Test
    void equalTextsDifferInNothing() {
        assertThat(Difference.between("a\nb", "a\nb")).extracting(Line::origin).containsExactly(BOTH, BOTH);
        assertThat(Difference.between("", "")).isEmpty();
    }

    @Test
    void anEmptyTextHasNothingInCommon() {
        assertThat(Difference.between("", "a")).containsExactly(new Line(MINE, "a"));
        assertThat(Difference.between("a", "")).containsExactly(new Line(THEIRS, "a"));
    }

    /** Two texts of 50,000 lines each would be 2.5 billion comparisons. */
    @Test
    void veryLongTextsAreShownWhole() {
        var theirs = numbered("theirs ");
        var mine = numbered("mine ");

        assertThat(Difference.between("same\n" + theirs, "same\n" + mine)).hasSize(1 + 2 * 50_000);
    }

    private static String numbered(String prefix) {
        return IntStream.range(0, 50_000).mapToObj(number -> prefix + number).collect(Collectors.joining("\n"));
    }
}
