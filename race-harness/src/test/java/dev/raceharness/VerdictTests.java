package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.in;
import static dev.raceharness.Playground.pool;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.Playground.unarmed;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VerdictTests {

    private static final String INSERT = "INSERT INTO verdict VALUES (1)";
    private static final String[] LOCK_FIRST = {
        "SELECT pg_advisory_xact_lock(4711)",
        "INSERT INTO verdict SELECT 1 WHERE NOT EXISTS (SELECT FROM verdict WHERE id = 1)",
    };

    @BeforeAll
    static void table() {
        sql("CREATE TABLE verdict (id int PRIMARY KEY)");
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE verdict");
    }

    private static RaceNotForcedException notForced(Race race) {
        return catchThrowableOfType(RaceNotForcedException.class, race::run);
    }

    @Test
    void forced() {
        var outcome = twice(beforeInsertOn("verdict"), INSERT).named("first login").run();
        assertThat(outcome).hasVerdict(Verdict.FORCED);
        assertThat(outcome.toString())
                .contains("first login")
                .contains("FORCED: 2 of 2 racers held at before insert on verdict; released together")
                .contains("verdict: 2 attempted, 1 unique violation [verdict_pkey], 1 row")
                .contains("held before insert on verdict")
                .contains("goes on");
    }

    @Test
    void serialisedByALockOfTheApplication() {
        var failure = notForced(twice(beforeInsertOn("verdict"), LOCK_FIRST));
        assertThat(failure.verdict()).isEqualTo(Verdict.SERIALISED);
        assertThat(failure)
                .hasMessageContaining("lines its racers up itself")
                .hasMessageContaining("ada  waiting at the gate")
                .hasMessageContaining("ben  waiting behind ada")
                .hasMessageContaining("SELECT pg_advisory_xact_lock(4711)")
                .hasMessageContaining(".acceptSerialised()");
    }

    @Test
    void serialisedAsTheTestAskedFor() {
        var outcome = twice(beforeInsertOn("verdict"), LOCK_FIRST).acceptSerialised().run();
        assertThat(outcome).hasVerdict(Verdict.SERIALISED)
                .everyRacerSucceeded()
                .on("verdict").attempted(1).uniqueViolations(0).rows(1);
    }

    @Test
    void notReachedBecauseTheRowExists() {
        sql(INSERT);
        var createIfAbsent = new String[] {"INSERT INTO verdict SELECT 1 WHERE NOT EXISTS (SELECT FROM verdict)"};
        var failure = notForced(twice(beforeInsertOn("verdict"), createIfAbsent));
        assertThat(failure.verdict()).isEqualTo(Verdict.NOT_REACHED);
        assertThat(failure)
                .hasMessageContaining("0 of 2 racers reached the gate \"before insert on verdict\" within 5 s each")
                .hasMessageContaining("this test proves nothing")
                .hasMessageContaining("ada  finished without it  returned 0 after")
                .hasMessageContaining("the row already exists, so ada never wrote it")
                .hasMessageContaining("do not carry the flag");
    }

    @Test
    void notReachedBecauseThePoolHasOneConnection() {
        try (var pool = pool(Playground.armed(), 1)) {
            var failure = notForced(race().holdAt(beforeInsertOn("verdict"))
                    .racer("ada", in(pool, INSERT))
                    .racer("ben", in(pool, INSERT))
                    .arriveWithin(Duration.ofMillis(300)));
            assertThat(failure.verdict()).isEqualTo(Verdict.NOT_REACHED);
            assertThat(failure)
                    .hasMessageContaining("1 of 2 racers")
                    .hasMessageContaining("within 0.3 s each")
                    .hasMessageContaining("ada  waiting at the gate")
                    .hasMessageContaining("ben  not seen waiting")
                    .hasMessageContaining("com.zaxxer.hikari")
                    .hasMessageContaining("the pool is smaller than the number of racers: 2 connections are needed");
        }
    }

    @Test
    void notReachedBecauseARacerFailedBefore() {
        var failure = notForced(race().holdAt(beforeInsertOn("verdict"))
                .racer("ada", armed(INSERT))
                .racer("ben", () -> {
                    throw new IllegalStateException("no such company");
                }));
        assertThat(failure)
                .hasMessageContaining("1 of 2 racers")
                .hasMessageContaining("ben  finished without it  threw java.lang.IllegalStateException: no such company")
                .hasMessageContaining("ben failed or answered before it came to the write");
    }

    @Test
    void notReachedBecauseARacerWaitsInJava() {
        var never = new CountDownLatch(1);
        var failure = notForced(race().holdAt(beforeInsertOn("verdict"))
                .racer("ada", armed(INSERT))
                .racer("ben", () -> {
                    never.await();
                    return "";
                })
                .arriveWithin(Duration.ofMillis(200))
                .finishWithin(Duration.ofMillis(200)));
        never.countDown();
        assertThat(failure)
                .hasMessageContaining("ben  not seen waiting     its thread is at dev.raceharness.VerdictTests")
                .hasMessageContaining("ben waits outside the database");
    }

    @Test
    @Timeout(30)
    void notFinishedBecauseARacerTriesWithoutEnd() {
        var given = new AtomicBoolean();
        try {
            var race = race().holdAt(beforeInsertOn("verdict"))
                    .racer("ada", armed(INSERT))
                    .racer("ben", () -> {
                        while (!given.get()) {
                            try {
                                return armed(INSERT).call();
                            } catch (SQLException e) {
                                // As often as it takes: the row will never be gone.
                            }
                        }
                        return "gave up";
                    })
                    .release(Schedule.inOrder())
                    .finishWithin(Duration.ofMillis(500));

            assertThatThrownBy(race::run)
                    .isInstanceOf(RaceNotForcedException.class)
                    .hasMessageContaining("After ben was let go, the racers did not come to rest within 500 ms of the first")
                    .hasMessageContaining("tries without end");
        } finally {
            given.set(true);
        }
    }

    @Test
    void aRacerBehindOneThatDidNotArriveIsNotStarted() {
        var failure = notForced(twice(beforeInsertOn("verdict"), "SELECT pg_sleep(0.3)")
                .arriveWithin(Duration.ofMillis(100)));
        assertThat(failure).hasMessageContaining("ben  not started, because a racer before it did not arrive");
    }

    @Test
    void harnessFaultForATableThatIsMissing() {
        assertThatThrownBy(() -> twice(beforeInsertOn("nowhere"), "SELECT 1").run())
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("Name the table as SQL does");
        assertThatThrownBy(() -> twice(beforeInsertOn("Odd Name"), "SELECT 1").run())
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("quoted where it has capitals");
    }

    @Test
    void harnessFaultForMoreArrivalsThanSlots() {
        var plan = new Plan();
        plan.gates.add(beforeInsertOn("verdict"));
        plan.addRacer("ada", run -> armed(INSERT).call(), false);
        plan.addRacer("ben", run -> armed("INSERT INTO verdict VALUES (2)").call(), false);
        try (var session = HarnessSession.open(Playground.owner());
                var turn = Turn.take(session);
                var installation = Installation.install(session, 1)) {
            var barrier = Barrier.shut(plan, installation, session, Playground.owner());
            var evidence = EvidenceBook.open(session, installation, Map.of());
            assertThatThrownBy(() -> new Referee(plan, barrier).run(evidence))
                    .isInstanceOf(RaceSetupException.class)
                    .hasMessageContaining("More sessions arrived at the gates than the harness has slots for");
        }
    }

    @Test
    void aTransactionThatIsOpenFromBeforeIsNamed() throws Exception {
        twice(beforeInsertOn("verdict"), INSERT).armedBy(Arming.everySession()).run();
        try (var connection = Playground.owner().getConnection()) {
            connection.setAutoCommit(false);
            Playground.execute(connection, "INSERT INTO verdict VALUES (9)");
            assertThatThrownBy(() -> twice(beforeInsertOn("verdict"), INSERT).armedBy(Arming.everySession()).run())
                    .isInstanceOf(RaceSetupException.class)
                    .hasMessageContaining("End it first")
                    .hasMessageContaining("idle in transaction")
                    .hasMessageContaining("INSERT INTO verdict VALUES (9)");
        }
    }

    @Test
    void armingIsTriedAgainUntilAnOpenTransactionHasEnded() throws Exception {
        var race = twice(beforeInsertOn("verdict"), INSERT).armedBy(Arming.everySession());
        race.run();
        sql("TRUNCATE verdict");
        try (var connection = Playground.owner().getConnection()) {
            connection.setAutoCommit(false);
            Playground.execute(connection, "INSERT INTO verdict VALUES (9)");
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(() -> commit(connection));
            assertThat(race.run()).hasVerdict(Verdict.FORCED).on("verdict").attempted(2).uniqueViolations(1).rows(1);
        }
    }

    private static void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aRaceNeedsTwoRacersAndAGate() {
        assertThatThrownBy(() -> race().holdAt(beforeInsertOn("verdict")).racer("ada", unarmed(INSERT)).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least two racers, this one has 1");
        assertThatThrownBy(() -> race().racer("ada", unarmed(INSERT)).racer("ben", unarmed(INSERT)).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a gate");
    }

    @Test
    void aFailedAssertionShowsTheInterleaving() {
        var outcome = twice(beforeInsertOn("verdict"), INSERT).run();
        assertThatThrownBy(() -> assertThat(outcome).on("verdict").rows(2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected 2 rows on verdict, but the database says 1")
                .hasMessageContaining("held before insert on verdict");
        assertThatThrownBy(() -> assertThat(outcome).everyRacerSucceeded())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("verdict_pkey");
    }

    @Test
    void whatCannotBeARacersNameIsRefused() {
        assertThatThrownBy(() -> race().racer("ada b", () -> 1)).hasMessageContaining("without blanks and colons");
        assertThatThrownBy(() -> race().racer("ada", () -> 1).racer("ada", () -> 2)).hasMessageContaining("Two racers");
    }
}
