package dev.raceharness;

import static dev.raceharness.Explorations.bothWays;
import static dev.raceharness.Explorations.transaction;
import static dev.raceharness.Gate.tableLock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.raceharness.junit.RaceExtension;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An exploration that does not see everything says so, and why. */
class ExplorationLimitsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    @BeforeAll
    static void tables() {
        Playground.sql(
                "CREATE TABLE quarry (name text)", "CREATE TABLE diary (name text)", "CREATE TABLE ledger (name text)",
                "CREATE TABLE shelf (n int)", "INSERT INTO shelf VALUES (0)");
    }

    private static Run.Action insertInto(String table) {
        return transaction("INSERT INTO " + table + " SELECT 'TOKEN' WHERE NOT EXISTS (SELECT FROM " + table
                + " WHERE name = 'TOKEN')");
    }

    @Test
    void racersThatContendForNothingAreNotReached(Race race) {
        assertThatThrownBy(() -> race.racer("ada", transaction("INSERT INTO quarry VALUES ('TOKEN')"))
                        .racer("ben", transaction("INSERT INTO diary VALUES ('TOKEN')"))
                        .explore())
                .isInstanceOfSatisfying(
                        RaceNotForcedException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.NOT_REACHED))
                .hasMessageContaining("what they wrote: [diary, quarry]")
                .hasMessageContaining("nothing was explored");
    }

    @Test
    void withoutAnAnomalyARacerThatNeverCameToTheGateProvesNothing(Race race) {
        var exploration = race.holdAt(Gate.beforeInsertOn("quarry"))
                .racer("ada", transaction("INSERT INTO quarry VALUES ('TOKEN')"))
                .racer("ben", transaction("INSERT INTO diary VALUES ('TOKEN')"))
                .explore();

        assertThat(exploration.neverReached()).containsExactly("ben");
        assertThatThrownBy(exploration::assertSerializable)
                .isInstanceOfSatisfying(
                        RaceNotForcedException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.NOT_REACHED))
                .hasMessageContaining("did ben come to a gate")
                .hasMessageContaining("the gate is on the wrong table");
    }

    @Test
    void whoOnlyReadsWhatAnotherWritesNeedsNoGate(Race race) {
        Playground.sql("INSERT INTO diary VALUES ('empty page')");
        var exploration = race.racer("ada", transaction("INSERT INTO quarry VALUES ('TOKEN')"))
                .racer("ben", transaction("UPDATE diary SET name = name WHERE name = 'empty page'"
                        + " AND EXISTS (SELECT FROM quarry WHERE quarry.name = 'TOKEN')"))
                .explore();

        assertThat(exploration.gates().get("before and after write on, before commit after quarry"))
                .startsWith("ada writes it, ben reads it");
        assertThat(exploration.assertSerializable().neverReached()).isEmpty();
        assertThat(exploration.serialOutcomes())
                .extracting(outcome -> outcome.results().get("ben"))
                .containsExactly("returned 1", "returned 0");
        Playground.sql("DELETE FROM diary");
    }

    /** Somebody who is left behind with a lock of the JVM is in the way of every run that follows. */
    @Test
    @Timeout(60)
    void whereItOnceCameToRestAndNoLongerDoesItStops(Race race) {
        Playground.sql("CREATE TABLE calm (name text PRIMARY KEY)");
        var lock = new Semaphore(1);
        var runs = new AtomicInteger();
        Run.Action racer = run -> {
            lock.acquire();
            if (runs.incrementAndGet() != 15) {
                lock.release();
            }
            return transaction("INSERT INTO calm VALUES ('TOKEN') ON CONFLICT DO NOTHING").in(run);
        };
        try {
            var exploration = race.racer("ada", racer)
                    .racer("ben", racer)
                    .arriveWithin(Duration.ofMillis(200))
                    .finishWithin(Duration.ofMillis(200))
                    .explore();

            assertThat(exploration.incomplete().orElseThrow()).contains("could not be forced to the end");
        } finally {
            lock.release(1000);
        }
    }

    @Test
    void racersThatWriteNothingInArmedSessionsAreToldHowToArmThem(Race race) {
        assertThatThrownBy(() -> race.racer("ada", Playground.unarmed("INSERT INTO quarry VALUES ('x')"))
                        .racer("ben", Playground.unarmed("INSERT INTO quarry VALUES ('x')"))
                        .explore())
                .isInstanceOf(RaceNotForcedException.class)
                .hasMessageContaining("quarry was written by a session that no gate holds")
                .hasMessageContaining(Arming.FLAG);
        Playground.sql("DELETE FROM quarry");
    }

    @Test
    void anOutcomeThatDoesNotComeAgainIsNoAnomaly(Race race) {
        var runs = new AtomicInteger();
        // Once, somebody else writes as well, in a session that takes part.
        Run.Action disturbed = run -> {
            if (runs.incrementAndGet() == 6) {
                transaction("INSERT INTO quarry VALUES ('other')").in(run);
            }
            return insertInto("quarry").in(run);
        };
        Playground.sql("CREATE UNIQUE INDEX one_name ON quarry (name)");
        Run.Action recovered = run -> {
            try {
                disturbed.in(run);
            } catch (java.sql.SQLException e) {
                insertInto("quarry").in(run);
            }
            return "there";
        };

        var exploration = race.holdAt(Gate.beforeInsertOn("quarry").when("NEW.name <> 'other'"))
                .racer("ada", recovered)
                .racer("ben", recovered)
                .explore();

        assertThat(exploration.anomalies()).isEmpty();
        assertThat(exploration.interleavings())
                .filteredOn(explored -> explored.grade() == Exploration.Grade.UNREPEATED)
                .singleElement()
                .satisfies(explored -> assertThat(explored.reason()).startsWith("forced once more, it ended in"));
        assertThatThrownBy(exploration::assertSerializable).hasMessageContaining("does not repeat itself");
        Playground.sql("DROP INDEX one_name", "DELETE FROM quarry");
    }

    @Test
    void anApplicationThatDoesNotRepeatItselfIsIncomplete(Race race) {
        var runs = new AtomicInteger();
        Run.Action fickle = run -> runs.incrementAndGet() % 3 == 0 ? "did nothing" : insertInto("quarry").in(run);

        var exploration = race.racer("ada", fickle).racer("ben", insertInto("quarry")).explore();

        assertThat(exploration.complete()).isFalse();
        assertThat(exploration.incomplete().orElseThrow()).contains("does not repeat itself");
        assertThatThrownBy(exploration::assertSerializable).isInstanceOf(AssertionError.class);
    }

    /** No step is left to choose then, so that nobody would look whether the same steps are there. */
    @Test
    void anApplicationThatDiesMeanwhileIsIncomplete(Race race) {
        var runs = new AtomicInteger();
        Run.Action dying = run -> {
            if (runs.incrementAndGet() > 14) {
                throw new IllegalStateException("dead");
            }
            return insertInto("quarry").in(run);
        };

        var exploration = race.racer("ada", dying).racer("ben", dying).exploreWithin(Duration.ofSeconds(20)).explore();

        assertThat(exploration.incomplete().orElseThrow())
                .contains("does not repeat itself")
                .contains("all had ended, where before");
        assertThat(exploration.interleavings())
                .allSatisfy(explored -> assertThat(explored.outcome().toString()).doesNotContain("dead"));
    }

    /** Its transaction keeps rows that are to be put back. What was found before it is not lost. */
    @Test
    void aRacerThatIsLeftBehindWithRowsEndsTheSearch(Race race) {
        var runs = new AtomicInteger();
        var end = new CountDownLatch(1);
        Callable<String> ada = () -> Playground.transaction(connection -> {
            Playground.execute(connection, "UPDATE shelf SET n = n + 1");
            return runs.incrementAndGet() == 8 ? Playground.awaited(end) : "";
        });
        try {
            var exploration = race.racer("ada", ada)
                    .racer("ben", Playground.armed("UPDATE shelf SET n = n + 1"))
                    .arriveWithin(Duration.ofMillis(500))
                    .finishWithin(Duration.ofMillis(500))
                    .explore();

            assertThat(exploration.interleavings()).isNotEmpty();
            assertThat(exploration.incomplete().orElseThrow())
                    .contains("could not be forced to the end")
                    .contains("shelf cannot be put back");
        } finally {
            end.countDown();
        }
    }

    /** Else its rows would count for nobody, and the table would look as it does one after the other. */
    @Test
    void aRacerWhoseSessionsAreNotArmedIsNoReader(Race race) {
        var ben = "INSERT INTO quarry SELECT '%1$s' WHERE NOT EXISTS (SELECT FROM quarry WHERE name = '%1$s')";

        assertThatThrownBy(() -> race.racer("ada", insertInto("quarry"))
                        .racer("ben", run -> Playground.unarmed(ben.formatted(run.token())).call())
                        .explore())
                .isInstanceOfSatisfying(
                        RaceNotForcedException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.NOT_REACHED))
                .hasMessageContaining("While ben was alone, quarry was written by a session that no gate holds")
                .hasMessageContaining("not armed");
    }

    @Test
    void aFaultOfOneInterleavingIsNotForgotten(Race race) {
        assertThatThrownBy(() -> race.racer("ada", insertInto("quarry"))
                        .racer("ben", insertInto("quarry"))
                        .fault("ada", Fault.rollBack())
                        .explore())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("withFault");
    }

    @Test
    void atMostSoManyIsIncompleteUnlessThatWereAll(Race race) {
        var racers = race.racer("ada", insertInto("quarry")).racer("ben", insertInto("quarry"));

        assertThat(racers.atMost(7).explore().incomplete().orElseThrow()).isEqualTo("stopped after 7, as asked for");
        assertThat(racers.atMost(20).explore().incomplete()).isEmpty();
    }

    @Test
    void aTableOfOneRacerGetsNoGate(Race race) {
        var exploration = bothWays(race.racer("ada", transaction(
                        "INSERT INTO diary VALUES ('TOKEN')", "INSERT INTO ledger VALUES ('TOKEN')"))
                .racer("ben", transaction("INSERT INTO ledger VALUES ('TOKEN')")));

        assertThat(exploration.gates())
                .containsEntry("none on diary", "only one racer uses it")
                .containsKey("before and after write on, before commit after ledger");
        assertThat(exploration.interleavings())
                .allSatisfy(explored -> assertThat(explored.schedule()).doesNotContain("diary"));
    }

    /** The racer that comes second finds everything there and writes nothing: it is watched coming first, too. */
    @Test
    void aTableThatOnlyTheFirstWritesGetsGates(Race race) {
        Run.Action both = run -> insertInto("ledger").in(run).equals("1") ? insertInto("diary").in(run) : "0";

        var exploration = race.racer("ada", both).racer("ben", both).atMost(1).explore();

        assertThat(exploration.gates().get("before and after write on, before commit after diary"))
                .startsWith("ada and ben write it");
    }

    @Test
    void strangersAreNotHeldAndTheirRowsDoNotCount(Race race) throws Exception {
        var over = new AtomicBoolean();
        var stranger = new Thread(() -> {
            while (!over.get()) {
                Playground.sql("INSERT INTO quarry VALUES ('stranger')");
            }
        });
        stranger.start();
        try {
            var exploration =
                    race.racer("ada", insertInto("quarry")).racer("ben", insertInto("quarry")).explore();
            assertThat(exploration.interleavings()).hasSize(20);
            assertThat(exploration.interleavings())
                    .extracting(explored -> explored.outcome().contents().get("quarry").toString())
                    .containsOnly("[(<run>), (<run>)]");
        } finally {
            over.set(true);
            stranger.join();
        }
    }

    @Test
    void aGateThatLetsAllGoAtOnceIsRefused(Race race) {
        assertThatThrownBy(() -> race.holdAt(tableLock("quarry"))
                        .racer("ada", insertInto("quarry"))
                        .racer("ben", insertInto("quarry"))
                        .explore())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lets all its racers go at the same time");
    }
}
