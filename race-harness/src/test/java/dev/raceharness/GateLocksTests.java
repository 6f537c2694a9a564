package dev.raceharness;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The test plays the racer, step by step as in install.sql. */
class GateLocksTests {

    private static final int SLOT = Keys.FIRST_SLOT;

    private final Keys keys = Keys.random();

    @Test
    void whoWasLetGoBeforeItBeganToWaitIsNotHeldOnceMore() throws SQLException {
        try (var session = HarnessSession.open(Playground.owner());
                var racer = Playground.owner().getConnection()) {
            racer.setAutoCommit(false);
            var locks = new GateLocks(session, keys, 2);
            locks.shut(List.of(Keys.FIRST_GATE));
            assertThat(passes(racer)).isFalse();
            Playground.execute(racer, "SELECT pg_advisory_xact_lock(%d, %d)".formatted(keys.arrivals(), SLOT));

            locks.open(SLOT);
            locks.refill();

            assertThat(passes(racer)).isTrue();
            racer.rollback();
            locks.refill();
            assertThat(passes(racer)).as("the next one in this slot passes").isFalse();
            racer.rollback();
            locks.endRace();
        }
    }

    @Test
    void aSlotThatIsShutAgainTellsOfItsNextRacer() throws SQLException {
        try (var session = HarnessSession.open(Playground.owner());
                var racer = Playground.owner().getConnection()) {
            racer.setAutoCommit(false);
            var locks = new GateLocks(session, keys, 2);
            locks.shut(List.of(Keys.FIRST_GATE));
            for (int time = 0; time < 3; time++) {
                assertThat(arrivals(locks)).isEmpty();
                Playground.execute(racer, "SELECT pg_advisory_xact_lock(%d, %d)".formatted(keys.arrivals(), SLOT));
                assertThat(arrivals(locks)).extracting(GateLocks.Arrival::slot).containsExactly(SLOT);

                locks.occupied(SLOT);
                locks.open(SLOT);
                racer.rollback();
                locks.refill();
            }
            locks.endRace();
        }
    }

    @Test
    void nobodyIsLetGoUnlessAllOfThemWait() throws SQLException {
        try (var session = HarnessSession.open(Playground.owner());
                var racer = Playground.owner().getConnection()) {
            racer.setAutoCommit(false);
            var idle = Integer.parseInt(Playground.execute(racer, "SELECT pg_backend_pid()"));
            var locks = new GateLocks(session, keys, 2);
            locks.shut(List.of(Keys.FIRST_GATE));

            assertThat(locks.openAllIfWaiting(List.of(idle))).isFalse();
            assertThat(passes(racer)).isFalse();

            assertThat(locks.openAllIfWaiting(List.of())).isTrue();
            assertThat(passes(racer)).isTrue();
            racer.rollback();
            locks.endRace();
        }
    }

    @Test
    void whoKeepsAGateOpenIsNotHeldAtAnother() throws Exception {
        try (var session = HarnessSession.open(Playground.owner());
                var writer = Playground.owner().getConnection()) {
            writer.setAutoCommit(false);
            Playground.execute(
                    writer,
                    "SET LOCAL lock_timeout = '2s'",
                    "SELECT pg_advisory_xact_lock_shared(%d, %d)".formatted(keys.key(), Keys.FIRST_GATE));
            var locks = new GateLocks(session, keys, 2);
            var shutting = CompletableFuture.runAsync(() -> locks.shut(List.of(Keys.FIRST_GATE, Keys.FIRST_GATE + 1)));
            while (!isLocked(Keys.FIRST_GATE + 1)) {
                assertThat(shutting).isNotDone();
            }

            Playground.execute(writer, "SELECT pg_advisory_xact_lock_shared(%d, %d)".formatted(keys.key(), SLOT));
            writer.rollback();

            assertThat(shutting).succeedsWithin(Duration.ofSeconds(2));
            locks.endRace();
        }
    }

    private boolean isLocked(int gate) {
        return Playground.value(
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %d AND objid = %d"
                                .formatted(keys.key(), gate))
                .equals("1");
    }

    private static List<GateLocks.Arrival> arrivals(GateLocks locks) {
        return locks.arrivals(1, List.of(Keys.FIRST_GATE), new Integer[0]);
    }

    private boolean passes(Connection racer) throws SQLException {
        var answer =
                Playground.execute(racer, "SELECT pg_try_advisory_xact_lock_shared(%d, %d)".formatted(keys.key(), SLOT));
        return answer.equals("t");
    }
}
