package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.Exploration;
import dev.raceharness.Exploration.Grade;
import dev.raceharness.Interleaving;
import dev.raceharness.RunOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTests {

    private final List<Exploration.Explored> interleavings = new ArrayList<>();

    private void add(Grade grade, String result) {
        var outcome = new RunOutcome(Map.of("1", result), Map.of(), Map.of(), List.of(), List.of());
        interleavings.add(
                new Exploration.Explored("1:start", outcome, grade, "as it is", new Interleaving(List.of()), 0));
    }

    private String described() {
        var exploration = new Exploration(
                "", Map.of(), List.of(), interleavings, 0, Optional.empty(), false, Set.of(), 0, Optional.empty());
        var race = new RaceDefinition(
                true, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, 1, 0, 1, 1,
                List.of());
        return Words.describe(new Explored(exploration, race));
    }

    @Test
    void anomaliesComeFirstThenWhatDidNotComeAgain() {
        add(Grade.SERIAL, "fine");
        add(Grade.UNREPEATED, "odd");
        add(Grade.ANOMALY, "wrong");
        add(Grade.SERIAL, "fine");

        assertThat(described()).contains("""
                interleaved it ends in
                      1 x  ANOMALY
                           1 wrong
                      1 x  not repeated
                           1 odd
                      2 x  ok
                           1 fine
                """);
    }

    @Test
    void howManyAnomaliesAreNotShownIsSaid() {
        for (int i = 10; i < 22; i++) {
            add(Grade.SERIAL, "fine " + i);
            add(Grade.ANOMALY, "wrong " + i);
        }

        assertThat(described()).doesNotContain("x  ok").contains("  and in 14 other ways, 2 of them anomalies\n");
    }

    @Test
    void thereMayBeNoAnomalyAmongThem() {
        for (int i = 10; i < 22; i++) {
            add(Grade.SERIAL, "fine " + i);
        }

        assertThat(described()).contains("  and in 2 other ways\n");
    }
}
