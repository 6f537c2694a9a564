package dev.raceharness;

import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More than eight racers that go on together are started several at once, if so many were seen before. */
class CrowdTests {

    private static final String INSERT = "INSERT INTO crowd VALUES (1)";

    @BeforeAll
    static void acquaintance() {
        sql("CREATE TABLE crowd (id int PRIMARY KEY)");
        var outcome = crowd(race().holdAt(beforeInsertOn("crowd")), 100, armed(INSERT)).run();
        assertThat(outcome.racers()).allSatisfy(racer -> assertThat(racer.backend()).isPresent());
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE crowd");
    }

    private static Race crowd(Race race, int racers, Callable<String> action) {
        for (var i : IntStream.range(0, racers).toArray()) {
            race = race.racer("racer" + i, action);
        }
        return race;
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 32, 100})
    void allAreHeldBeforeAnyGoesOn(int racers) {
        var outcome = crowd(race().holdAt(beforeInsertOn("crowd")), racers, armed(INSERT)).run();
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .on("crowd").attempted(racers).refused(racers - 1).uniqueViolations(racers - 1).rows(1);
        var events = outcome.interleaving().events();
        var arrivals = events.stream().filter(event -> event.kind() == Event.Kind.ARRIVED).toList();
        assertThat(arrivals).hasSize(racers);
        assertThat(events.subList(events.indexOf(arrivals.get(arrivals.size() - 1)), events.size()))
                .filteredOn(event -> event.kind() == Event.Kind.RELEASED)
                .hasSize(racers);
    }

    @Test
    void severalGates() {
        var race = race().holdAt(beforeInsertOn("crowd"), beforeCommitAfter("crowd"));
        assertThat(crowd(race, 12, armed(INSERT)).run()).hasVerdict(Verdict.FORCED)
                .on("crowd").attempted(12).uniqueViolations(11).rows(1);
    }

    @Test
    void whichBackendIsWhoseIsUnknownUnlessTheyAreStartedSingly() {
        var race = race().holdAt(beforeInsertOn("crowd"));
        assertThat(backends(crowd(race, 9, armed(INSERT)))).isEmpty();
        assertThat(backends(crowd(race, 8, armed(INSERT)))).hasSize(8);
        assertThat(backends(crowd(race, 9, armed(INSERT)).release(Schedule.inOrder()))).hasSize(9);
        assertThat(backends(crowd(race.armedBy(Arming.everySession()), 9, armed(INSERT)))).hasSize(9);
    }

    @Test
    void poolThatIsNewIsNotStormedWhateverAnotherOneHad() {
        try (var harness = RaceHarness.open(Playground.owner())) {
            var race = harness.race().holdAt(beforeInsertOn("crowd"));
            var inNewSessions = Playground.in(Playground.armed(), INSERT);
            assertThat(backends(crowd(race, 9, inNewSessions))).hasSize(9);
            sql("TRUNCATE crowd");
            assertThat(backends(crowd(race, 9, inNewSessions))).hasSize(9);
        }
    }

    private static Set<Integer> backends(Race race) {
        return race.run().racers().stream()
                .flatMap(racer -> racer.backend().stream().boxed())
                .collect(Collectors.toSet());
    }

    @Test
    void crowdThatLinesItselfUp() {
        var lockFirst = armed("SELECT pg_advisory_xact_lock(4712)", INSERT + " ON CONFLICT DO NOTHING");
        var outcome = crowd(race().holdAt(beforeInsertOn("crowd")), 12, lockFirst).acceptSerialised().run();
        assertThat(outcome).hasVerdict(Verdict.SERIALISED).everyRacerSucceeded().on("crowd").attempted(12).rows(1);
    }

    @Test
    void oneOfACrowdDoesNotArrive() {
        var race = crowd(race().holdAt(beforeInsertOn("crowd")), 9, armed(INSERT))
                .racer("late", armed("SELECT 1"))
                .arriveWithin(Duration.ofMillis(300));
        var failure = catchThrowableOfType(RaceNotForcedException.class, race::run);
        assertThat(failure.verdict()).isEqualTo(Verdict.NOT_REACHED);
        assertThat(failure)
                .hasMessageContaining("9 of 10 racers reached the gate")
                .hasMessageContaining("which of them it is is not")
                .hasMessageContaining("late    finished without it");
    }
}
