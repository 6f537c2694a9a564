package dev.raceharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What differs when the same is done again says nothing; what might mean something stays. */
class NoiseTests {

    private final Noise noise = new Noise();

    private static RunOutcome outcome(String result, String... rows) {
        return new RunOutcome(
                Map.of("1", result), Map.of("users", (long) rows.length), Map.of("users", List.of(rows)), List.of(), List.of());
    }

    /** As the first of these was done twice, with these two outcomes. */
    private void wasDoneTwice(RunOutcome first, RunOutcome again) {
        noise.hear(first);
        noise.hear(again);
        noise.learn(first, again);
    }

    private String masked(RunOutcome outcome) {
        noise.hear(outcome);
        return noise.mask(outcome).toString();
    }

    private void areTheSame(RunOutcome one, RunOutcome other) {
        assertThat(masked(one)).isEqualTo(masked(other));
    }

    private void differ(RunOutcome one, RunOutcome other) {
        assertThat(masked(one)).isNotEqualTo(masked(other));
    }

    @Test
    void nothingIsMaskedInAnApplicationThatRepeatsItself() {
        wasDoneTwice(outcome("id 17", "(17,Xy7)"), outcome("id 17", "(17,Xy7)"));

        assertThat(masked(outcome("id 18 Qx8", "(18,Zz9)"))).contains("id 18 Qx8").contains("(18,Zz9)");
    }

    @Test
    void tokensAreTheSameWhateverTheyAre() {
        wasDoneTwice(outcome("{\"token\":\"r:Ab9xQ2k\"}"), outcome("{\"token\":\"r:kk38aZ1\"}"));

        areTheSame(outcome("{\"token\":\"r:Zu8Pe4c\"}"), outcome("{\"token\":\"r:0pQ7zz2\"}"));
        assertThat(noise.places()).containsExactly("the result of 1");
    }

    @Test
    void hashesAreTheSameWhereverTheirDotsAndSlashesAre() {
        wasDoneTwice(outcome("ok", "(ada,$2y$10$Ab9x.Q2kPq)"), outcome("ok", "(ada,$2y$10$/k38a/Z1.tR7.)"));

        areTheSame(outcome("ok", "(ada,$2y$10$.Zu8Pe4cX)"), outcome("ok", "(ada,$2y$10$Uv8/e.4cX/)"));
        differ(outcome("ok", "(ada,$2y$10$Aa8Pe4cX)"), outcome("ok", "(ben,$2y$10$Bb8Pe4cX)"));
    }

    @Test
    void aCounterIsMaskedOnlyWhereItCounts() {
        wasDoneTwice(outcome("ok 1", "(7,2)", "(8,3)"), outcome("ok 1", "(9,2)", "(10,3)"));

        areTheSame(outcome("ok 1", "(11,2)", "(12,3)"), outcome("ok 1", "(98,2)", "(99,3)"));
        differ(outcome("ok 1", "(13,2)", "(14,3)"), outcome("ok 1", "(15,2)", "(16,2)"));
        differ(outcome("ok 1", "(17,2)"), outcome("ok 2", "(18,2)"));
    }

    @Test
    void whatTwoRunsHaveInCommonIsNotRandom() {
        wasDoneTwice(outcome("id Ab9xQ2k"), outcome("id kk38aZ1"));
        noise.hear(outcome("id null"));
        noise.hear(outcome("id null"));

        differ(outcome("id null"), outcome("id Zu8Pe4c"));
    }

    @Test
    void anotherAnswerIsNeverMaskedAway() {
        wasDoneTwice(outcome("exit 0: id Ab9xQ2k 201"), outcome("exit 0: id kk38aZ1 201"));

        differ(outcome("exit 0: id Zu8Pe4c 201"), outcome("exit 0: Duplicate key 500"));
        differ(outcome("exit 0: id Aa8Pe4c 201"), outcome("exit 0: id Bb8Pe4c 401"));
    }
}
