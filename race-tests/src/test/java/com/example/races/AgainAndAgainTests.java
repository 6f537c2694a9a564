package com.example.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No race is red with all protections on, however often and in whatever order. Run by .ci/again, which says how often. */
@RaceTest
@ExtendWith(Reruns.ForTests.class)
@Tag("again")
class AgainAndAgainTests {

    @Test
    void noRaceIsRedWithAllProtectionsOn(Reruns reruns) {
        var first = Integer.getInteger("race.first", 1);
        var last = first - 1 + Integer.getInteger("race.times", 1);
        var failures = new ArrayList<String>();
        var started = 0L;
        for (var i : IntStream.rangeClosed(first, last).toArray()) {
            var round = reruns.ofAllBut(i, System.getProperty("race.without", "nothing"));
            started += round.started();
            failures.addAll(round.failures());
            System.out.printf("round %d of %d: %d tests, %d red%n", i, last, round.started(), round.failures().size());
            round.failures().forEach(failure -> System.out.printf("round %d: %s%n", i, failure));
        }
        System.out.printf("%d rounds, %d tests, %d red%n", 1 + last - first, started, failures.size());
        assertThat(failures).isEmpty();
    }
}
