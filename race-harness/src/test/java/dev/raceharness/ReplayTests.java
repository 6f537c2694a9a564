package dev.raceharness;

import static dev.raceharness.Explorations.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.raceharness.Exploration.Explored;
import dev.raceharness.junit.RaceExtension;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The schedule of a witness forces it again, or says why it cannot. */
class ReplayTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    private static final String INSERT =
            "INSERT INTO township SELECT 'TOKEN' WHERE NOT EXISTS (SELECT FROM township WHERE name = 'TOKEN')";
    private static final String SCHEDULE =
            "ada:start ben:start ada:township ada:after-township ada:commit ben:township ben:after-township ben:commit";

    @BeforeAll
    static void tables() {
        Playground.sql("CREATE TABLE township (name text)");
    }

    private static Race twice(Race race, String... statements) {
        return race.racer("ada", transaction(statements)).racer("ben", transaction(statements));
    }

    private static void isTheSameAgain(Race race, int times) {
        var racers = twice(race, INSERT);
        var witness = racers.explore().assertAnomaly();

        var replays = IntStream.range(0, times)
                .mapToObj(i -> racers.replay(witness.schedule()))
                .map(ReplayTests::whatHappened)
                .distinct()
                .toList();

        assertThat(replays).containsExactly(whatHappened(witness));
    }

    /** Everything but the times and the names of the data. */
    private static List<Object> whatHappened(Explored explored) {
        return List.of(
                explored.schedule(),
                explored.outcome(),
                explored.grade(),
                explored.interleaving().events().stream()
                        .map(event -> event.racer() + " " + event.kind())
                        .toList());
    }

    @Test
    void isTheSameTwentyTimesOfTwenty(Race race) {
        isTheSameAgain(race, 20);
    }

    @Test
    @Tag("thousand")
    void isTheSameTwoHundredTimesOfTwoHundred(Race race) {
        isTheSameAgain(race, 200);
    }

    @Test
    void anApplicationWithMoreGatesNoLongerFits(Race race) {
        var changed = twice(race, INSERT, "UPDATE township SET name = name WHERE name = 'TOKEN'");

        assertThatThrownBy(() -> changed.replay(SCHEDULE))
                .isInstanceOf(RaceNotForcedException.class)
                .hasMessageContaining("no longer fits the application: after 4 of 8 steps ada:commit was due")
                .hasMessageContaining("possible were [ada:township, ben:township]")
                .hasMessageContaining("The schedule was ada:start");
    }

    @Test
    void anApplicationThatEndsTooEarlyNoLongerFits(Race race) {
        var once = race.racer("ada", transaction(INSERT)).racer("ben", transaction(INSERT + " AND false"));

        assertThatThrownBy(() -> once.replay(SCHEDULE))
                .isInstanceOf(RaceNotForcedException.class)
                .hasMessageContaining("every racer had ended after 5 of 8 steps, before ben:township");
    }

    @Test
    void aScheduleThatStopsTooEarlyNoLongerFits(Race race) {
        assertThatThrownBy(() -> twice(race, INSERT).replay(SCHEDULE.replace(" ben:commit", "")))
                .isInstanceOf(RaceNotForcedException.class)
                .hasMessageContaining("all 7 steps were taken, and then [ben:commit] still had to be");
    }

    @Test
    void aFaultIsReplayedToo(Race race) {
        var racers = twice(race, INSERT).withFault(Fault.raise("40001"));
        var schedule = SCHEDULE.replace("ada:commit", "ada:commit!40001");

        var explored = racers.replay(schedule);

        assertThat(explored.schedule()).isEqualTo(schedule);
        assertThat(explored.outcome().results().get("ada")).contains("40001");
        assertThat(explored.outcome().rows()).containsEntry("township", 1L);
    }
}
