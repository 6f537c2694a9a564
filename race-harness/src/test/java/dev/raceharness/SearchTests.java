package dev.raceharness;

import static dev.raceharness.Explorations.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.junit.RaceExtension;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where there are too many interleavings, those come first that show most; and what cannot be forced costs nothing else. */
class SearchTests {

    private static final String OUTCOME = "SELECT count(*) FROM shaft WHERE name = 'TOKEN'";

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    private final ReentrantLock mutex = new ReentrantLock();

    @BeforeEach
    void tables() {
        Playground.sql("CREATE TABLE shaft (name text)", "CREATE TABLE pit (name text)");
    }

    @AfterEach
    void noTables() {
        Playground.sql("DROP TABLE shaft, pit");
    }

    private static Race race(Race race) {
        var racer = transaction(
                "INSERT INTO shaft SELECT 'TOKEN' WHERE NOT EXISTS (" + OUTCOME.replace("count(*)", "") + ")",
                "INSERT INTO pit VALUES ('TOKEN')");
        return race.racer("ada", racer).racer("ben", racer);
    }

    @Test
    void theNumberOfInterleavingsIsKnownBeforehand() {
        assertThat(Search.interleavingsOf(List.of(3, 3))).isEqualTo(BigInteger.valueOf(20));
        assertThat(Search.interleavingsOf(List.of(2, 2, 2))).isEqualTo(BigInteger.valueOf(90));
    }

    @Test
    void thoseInWhichRacersAreSeldomInterruptedComeFirst(Race race) {
        var some = race(race).exploreWithin(Duration.ofMinutes(1)).atMost(8).explore();

        assertThat(some.incomplete()).contains("stopped after 8, as asked for");
        assertThat(some.interleavings()).allSatisfy(explored -> assertThat(explored.switches()).isLessThanOrEqualTo(4));
        // Their starts are two of them. All that depth first would have tried by then is how the first serial order may end.
        assertThat(race(race).atMost(8).explore().interleavings())
                .anySatisfy(explored -> assertThat(explored.switches()).isGreaterThan(4));
        assertThat(some.anomalies()).isNotEmpty();
    }

    @Test
    void inTheEndAllOfThemWereThere(Race race) {
        // With its start, each racer has four steps.
        var steps = race.holdAt(Gate.beforeInsertOn("shaft"), Gate.afterInsertOn("shaft"), Gate.beforeInsertOn("pit"));

        var all = race(steps).exploreWithin(Duration.ofMinutes(1)).withoutPruning().explore();

        assertThat(all.incomplete()).isEmpty();
        assertThat(all.interleavings()).hasSize(70).extracting(Exploration.Explored::schedule).doesNotHaveDuplicates();
    }

    @Test
    void whenTheTimeIsUpItStopsAndSaysSo(Race race) {
        var none = race(race).exploreWithin(Duration.ofNanos(1)).explore();

        assertThat(none.stopped()).isTrue();
        assertThat(none.incomplete().orElseThrow()).startsWith("stopped after 0, when the time of");
    }

    /** A lock in memory, between two transactions: orders in which a racer is held inside it cannot be forced. */
    @Test
    void whatCannotBeForcedIsLeftOutAndSaid(Race race) {
        Run.Action racer = run -> {
            transaction("INSERT INTO shaft SELECT 'TOKEN' WHERE NOT EXISTS (" + OUTCOME.replace("count(*)", "") + ")")
                    .in(run);
            mutex.lock();
            try {
                return transaction("INSERT INTO pit VALUES ('TOKEN')").in(run);
            } finally {
                mutex.unlock();
            }
        };

        var exploration = race.holdAt(Gate.beforeInsertOn("shaft"), Gate.beforeInsertOn("pit"))
                .racer("ada", racer)
                .racer("ben", racer)
                .arriveWithin(Duration.ofMillis(500))
                .finishWithin(Duration.ofMillis(500))
                .explore();

        assertThat(exploration.anomalies()).isNotEmpty();
        assertThat(exploration.complete()).isFalse();
        assertThat(exploration.incomplete().orElseThrow())
                .contains("could not be forced to the end: 1 of 2 racers reached the gate");
    }
}
