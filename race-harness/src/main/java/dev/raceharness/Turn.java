package dev.raceharness;

import java.time.Duration;

/**
 * The right to race in this database. Races of several harnesses, also of several builds, take turns: the gates of one
 * would hold the racers of another.
 */
final class Turn implements AutoCloseable {

    private static final int CLASS = 0x52414345;
    private static final Duration TO_GET_IT = Duration.ofMinutes(2);

    private final HarnessSession session;

    private Turn(HarnessSession session) {
        this.session = session;
    }

    static Turn take(HarnessSession session) {
        if (!Patience.await(TO_GET_IT, () -> call(session, "pg_try_advisory_lock"))) {
            throw new RaceSetupException("Another harness has been racing in this database for "
                    + TO_GET_IT.toSeconds() + " s. Give each build a database of its own.");
        }
        return new Turn(session);
    }

    private static boolean call(HarnessSession session, String function) {
        return session.queryOne("SELECT " + function + "(?, 0)", row -> row.getBoolean(1), CLASS);
    }

    @Override
    public void close() {
        call(session, "pg_advisory_unlock");
    }
}
