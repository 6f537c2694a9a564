package dev.raceharness;

import static dev.raceharness.Explorations.bothWays;
import static dev.raceharness.Explorations.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.raceharness.Exploration.Grade;
import dev.raceharness.junit.RaceExtension;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What makes an outcome right or wrong besides the serial orders. */
class ExplorationOracleTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    private static final String INSERT_IF_ABSENT =
            "INSERT INTO guild (name) SELECT 'TOKEN' WHERE NOT EXISTS (SELECT FROM guild WHERE name = 'TOKEN')";

    @BeforeAll
    static void tables() {
        Playground.sql("CREATE TABLE guild (name text, made_at timestamptz DEFAULT clock_timestamp())");
    }

    private static Race twice(Race race) {
        var insert = transaction(INSERT_IF_ABSENT, "SELECT 'there'");
        return race.racer("ada", insert).racer("ben", insert);
    }

    @Test
    void anInvariantThatDoesNotHoldIsNamed(Race race) {
        var exploration = bothWays(twice(race)
                .invariant(
                        "one guild a name", "(SELECT count(*) = count(DISTINCT name) FROM guild WHERE name LIKE 'r%')")
                .before(run -> transaction("DELETE FROM guild").in(run)));

        var witness = exploration.assertAnomaly();
        assertThat(witness.outcome().violated()).containsExactly("one guild a name");
        assertThat(witness.reason()).isEqualTo("it violates one guild a name");
    }

    @Test
    void anAcceptedOutcomeIsNoAnomaly(Race race) {
        var exploration = bothWays(twice(race)
                        .accept("cleaned up at night", outcome -> outcome.rows().get("guild") == 2))
                .assertSerializable();

        assertThat(exploration.interleavings()).extracting(Exploration.Explored::grade).containsOnly(Grade.ACCEPTED);
        assertThat(exploration.interleavings().get(0).reason()).isEqualTo("cleaned up at night");
    }

    @Test
    void aForbiddenOutcomeIsAnAnomalyAlthoughSerial(Race race) {
        var exploration = bothWays(race.racer("ada", transaction("INSERT INTO guild (name) VALUES ('TOKEN')"))
                .racer("ben", transaction("INSERT INTO guild (name) VALUES ('TOKEN')"))
                .forbid("two guilds", outcome -> outcome.rows().get("guild") == 2));

        assertThat(exploration.assertAnomaly().reason()).isEqualTo("forbidden: two guilds");
        assertThatThrownBy(exploration::assertSerializable)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("forbidden: two guilds")
                .hasMessageContaining(".replay(\"");
    }

    @Test
    void whatAnObserverSaysBelongsToTheOutcome(Race race) {
        var exploration = bothWays(twice(race)
                .observe(run -> "members of " + run.token() + " see "
                        + transaction("SELECT count(*) FROM guild WHERE name = 'TOKEN'").in(run)));

        assertThat(exploration.serialOutcomes()).singleElement()
                .satisfies(outcome -> assertThat(outcome.observed()).containsExactly("members of <run> see 1"));
        assertThat(exploration.assertAnomaly().outcome().observed()).containsExactly("members of <run> see 2");
    }

    @Test
    void aFixtureComesBeforeEachRun(Race race) {
        var fixtures = new AtomicInteger();

        var exploration = race.before(run -> {
                    fixtures.incrementAndGet();
                    return transaction("INSERT INTO guild (name) VALUES ('TOKEN')").in(run);
                })
                .racer("ada", transaction("UPDATE guild SET name = 'TOKEN ada' WHERE name = 'TOKEN'"))
                .racer("ben", transaction("UPDATE guild SET name = 'TOKEN ben' WHERE name = 'TOKEN'"))
                .explore()
                .assertSerializable();

        assertThat(fixtures.get()).isGreaterThan(exploration.interleavings().size());
        assertThat(exploration.serialOutcomes()).extracting(outcome -> outcome.rows().get("guild")).containsOnly(0L);
    }

    @Test
    void whatIsIgnoredIsNotCompared(Race race) {
        var calls = new AtomicInteger();
        Run.Action insert = run -> {
            transaction("INSERT INTO guild (name) VALUES ('TOKEN')").in(run);
            return "call " + calls.incrementAndGet() + ";";
        };

        race.racer("ada", insert).racer("ben", insert).ignore("call \\d+;").explore().assertSerializable();
    }

    @Test
    void aFixtureThatFailsSaysSo(Race race) {
        assertThatThrownBy(() -> twice(race)
                        .before(run -> {
                            throw new IllegalStateException("no data today");
                        })
                        .explore())
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("fixture")
                .hasMessageContaining("no data today");
    }
}
