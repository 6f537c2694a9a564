package dev.raceharness;

import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.Playground.value;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a racer leaves behind that does not come to its end is in nobody's way. */
class LeftBehindTests {

    private static final String INSERT = "INSERT INTO left_behind VALUES (1)";

    @BeforeAll
    static void table() {
        sql("CREATE TABLE left_behind (id int PRIMARY KEY)");
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE left_behind");
    }

    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void letGo() {
        stuck.countDown();
    }

    @Test
    void aRacerThatNeverReturnsIsReportedAndTheNextRaceWorks() {
        var outcome = race().holdAt(beforeInsertOn("left_behind"))
                .racer("ada", armed(INSERT))
                .racer("ben", () -> {
                    armed("INSERT INTO left_behind VALUES (2)").call();
                    stuck.await();
                    return "";
                })
                .finishWithin(Duration.ofMillis(300))
                .run();
        assertThat(outcome.racer("ben").failure().orElseThrow())
                .hasMessageContaining("ben did not return within 300 ms")
                .hasMessageContaining("left behind at dev.raceharness.LeftBehindTests");
        assertThat(twice(beforeInsertOn("left_behind"), "INSERT INTO left_behind VALUES (3)").run())
                .on("left_behind").attempted(2).uniqueViolations(1).rows(1);
    }

    @Test
    void aRacerThatIsLeftBehindInsideItsTransactionIsInNobodysWay() {
        var outcome = race().holdAt(beforeInsertOn("left_behind"))
                .racer("ada", armed(INSERT))
                .racer("ben", () -> Playground.transaction(connection -> {
                    Playground.execute(connection, "INSERT INTO left_behind VALUES (2)");
                    return Playground.awaited(stuck);
                }))
                .finishWithin(Duration.ofMillis(300))
                .run();
        assertThat(outcome.evidence().on("left_behind").attempted()).isEmpty();
        assertThat(outcome.evidence().sources())
                .anyMatch(source -> source.startsWith("attempts: unknown, because these are still in a transaction"));
        assertThat(twice(beforeInsertOn("left_behind"), "INSERT INTO left_behind VALUES (3)").run())
                .hasVerdict(Verdict.FORCED)
                .on("left_behind").uniqueViolations(1);
    }

    /** Its figures come with its end, while the next race counts. */
    @Test
    void whatARacerThatIsLeftBehindDoesMeanwhileIsNotTheNextRacesDoing() {
        var left = new CompletableFuture<String>();
        race().holdAt(beforeInsertOn("left_behind"))
                .racer("ada", armed(INSERT))
                .racer("ben", () -> {
                    left.complete(Playground.transaction(connection -> {
                        Playground.execute(connection, "INSERT INTO left_behind VALUES (2)");
                        return Playground.awaited(stuck);
                    }));
                    return "";
                })
                .finishWithin(Duration.ofMillis(300))
                .run();
        var outcome = race().holdAt(beforeInsertOn("left_behind"))
                .racer("carla", () -> {
                    stuck.countDown();
                    left.get();
                    return armed("INSERT INTO left_behind VALUES (3)").call();
                })
                .racer("dora", armed("INSERT INTO left_behind VALUES (3)"))
                .run();

        assertThat(outcome).on("left_behind").uniqueViolations(1).rows(1);
        assertThat(outcome.evidence().on("left_behind").attempted()).isEmpty();
        assertThat(outcome.evidence().sources()).anyMatch(source -> source.startsWith("attempts: unknown, because an earlier"));
    }

    /** As after a kill: the racer has ended, and its server does not know yet that nobody is there any more. */
    @Test
    void theSessionOfARacerThatHasEndedIsNotTakenForAnother() {
        var ended = new CountDownLatch(1);
        var inserted = new CompletableFuture<String>();
        var ending = CallGate.before(Runnable.class, ended::countDown, "run");
        var outcome = race().holdAt(afterInsertOn("left_behind"), ending)
                .racer("ada", () -> {
                    inserted.completeAsync(() -> Playground.value("INSERT INTO left_behind VALUES (4) RETURNING id"));
                    ended.await();
                    return "gone";
                })
                .racer("killer", () -> {
                    ending.proxy().run();
                    return inserted.get();
                })
                .armedBy(Arming.everySession())
                .release(Schedule.steps("killer:run"))
                .run();

        assertThat(outcome.racer("killer").value()).isEqualTo("4");
        assertThat(outcome.strangers()).hasSize(1);
        assertThat(outcome.interleaving().events().stream()
                        .filter(event -> event.racer().equals("killer") && event.kind() == Event.Kind.ARRIVED))
                .hasSize(1);
    }

    /** She is seen at her gate, and ends before it is her turn: nobody is left to be let go, and the others go on. */
    @Test
    void whoEndsAtHerGateBeforeItIsHerTurnIsPassedOver() {
        var killed = new CountDownLatch(1);
        var ada = new CompletableFuture<Thread>();
        var line = new SlowLine(Playground.owner(), "pg_stat_get_activity(suspect)", () -> {
            killed.countDown();
            joined(ada.join());
        });
        var killing = CallGate.before(Runnable.class, line::slowFromNowOn, "run");
        try (var harness = RaceHarness.open(line.dataSource())) {
            var outcome = harness.race().holdAt(beforeInsertOn("left_behind"), killing)
                    .racer("ada", () -> {
                        ada.complete(Thread.currentThread());
                        CompletableFuture.runAsync(() -> Playground.value("INSERT INTO left_behind VALUES (5)"));
                        return Playground.awaited(killed);
                    })
                    .racer("ben", armed("INSERT INTO left_behind VALUES (6)"))
                    .racer("killer", () -> {
                        killing.proxy().run();
                        return "";
                    })
                    .armedBy(Arming.everySession())
                    .release(Schedule.steps("killer:run"))
                    .run();

            assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded();
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPreparedTransactionIsInNobodysWay() {
        var outcome = race().holdAt(beforeInsertOn("left_behind"))
                .racer("ada", armed(INSERT, "PREPARE TRANSACTION 'ada'"))
                .racer("ben", armed("INSERT INTO left_behind VALUES (2)"))
                .run();
        try {
            assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded().on("left_behind").rows(1);
            assertThat(outcome.evidence().on("left_behind").attempted()).isEmpty();
            assertThat(outcome.toString())
                    .contains("attempts: unknown, because these are still in a transaction", "[prepared transaction ada]");
            assertThat(twice(beforeInsertOn("left_behind"), "INSERT INTO left_behind VALUES (3)").run())
                    .hasVerdict(Verdict.FORCED)
                    .on("left_behind").attempted(2).uniqueViolations(1).rows(1);
        } finally {
            sql("COMMIT PREPARED 'ada'");
        }
        assertThat(value("SELECT count(*) FROM left_behind")).isEqualTo("3");
    }
}
