package dev.raceharness;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The right to race in this database. Races of several harnesses, also of several builds, take turns: the gates of one
 * would hold the racers of another.
 */
final class Turn implements AutoCloseable {

    private static final int CLASS = 0x52414345;
    private static final String TAKE = "SELECT pg_try_advisory_lock(?, 0)";
    private static final String END = "SELECT pg_advisory_unlock(?, 0)";
    private static final Duration TO_GET_IT = Duration.ofMinutes(2);

    private final HarnessSession session;

    private Turn(HarnessSession session) {
        this.session = session;
    }

    static Turn take(HarnessSession session) {
        return take(session, batch -> {});
    }

    /** @param question what is asked in the same round trip; the answer is that of the moment in which the turn is taken */
    static Turn take(HarnessSession session, Consumer<Batch> question) {
        if (!Patience.await(TO_GET_IT, () -> {
            var batch = session.batch();
            var taken = batch.ask(TAKE, row -> row.getBoolean(1), CLASS);
            question.accept(batch);
            batch.send();
            return taken.rows().get(0);
        })) {
            throw new RaceSetupException("Another harness has been racing in this database for "
                    + TO_GET_IT.toSeconds() + " s. Give each build a database of its own.");
        }
        return new Turn(session);
    }

    @Override
    public void close() {
        session.query(END, row -> "", CLASS);
    }
}
