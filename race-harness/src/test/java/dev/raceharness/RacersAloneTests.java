package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.junit.RaceExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A race that was written to be run can be explored, without a word of it being changed. */
class RacersAloneTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    private final Callable<?> insert = Playground.armed(
            "INSERT INTO lodge SELECT 'oak' WHERE NOT EXISTS (SELECT FROM lodge WHERE name = 'oak')");

    @BeforeEach
    void table() {
        Playground.sql("DROP TABLE IF EXISTS lodge", "CREATE TABLE lodge (name text)");
    }

    private Outcome run(Race race) {
        return race.holdAt(beforeInsertOn("lodge")).racer("ada", insert).racer("ben", insert).run();
    }

    @Test
    void whoeverAsksToRunItCanHaveItExploredFirst(Race race) {
        var explorations = new ArrayList<Exploration>();

        var outcome = run(race.beforehand(asked -> explorations.add(asked.racersAlone().explore())));

        assertThat(explorations).singleElement().satisfies(exploration -> {
            assertThat(exploration.complete()).isTrue();
            assertThat(exploration.assertAnomaly().outcome().rows()).containsEntry("lodge", 2L);
        });
        assertThat(outcome.evidence().tables().get("lodge").rows()).as("the data were put back").isEqualTo(2);
    }

    @Test
    void gatesAndFaultsAndBoundsAreForgotten(Race race) {
        var exploration = race.holdAt(beforeInsertOn("lodge"))
                .racer("ada", insert)
                .racer("ben", insert)
                .withFault(Fault.terminateBackend())
                .atMost(1)
                .exploreWithin(Duration.ZERO)
                .racersAlone()
                .explore();

        assertThat(exploration.complete()).isTrue();
        assertThat(exploration.gates()).hasSize(1).containsKey("before and after write on, before commit after lodge");
        assertThat(exploration.interleavings()).noneMatch(explored -> explored.schedule().contains("terminate"));
    }

    @Test
    void theRacersAreNamed(Race race) {
        assertThat(race.racer("ada", insert).racer("ben", insert).racers()).containsExactly("ada", "ben");
        race.racer("ada", insert).racer("ben", insert).explore();
    }
}
