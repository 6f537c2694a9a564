package dev.raceharness;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/** The harness's transaction behind one {@link TableLockGate} or {@link HeldByGate}. */
final class Holder implements Hold, AutoCloseable {

    private static final Duration TO_GET_IT = Duration.ofSeconds(5);

    private final Gate gate;
    private final HarnessSession session;

    private Holder(Gate gate, HarnessSession session) {
        this.gate = gate;
        this.session = session;
    }

    /** Takes what the gate is about, without ever waiting for a racer. */
    static Holder take(Gate gate, DataSource dataSource) {
        var holder = new Holder(gate, HarnessSession.open(dataSource));
        try {
            holder.take();
            return holder;
        } catch (RuntimeException e) {
            holder.close();
            throw e;
        }
    }

    private void take() {
        try {
            HarnessSession.whileLocked(TO_GET_IT, () -> session.begin(sql()));
        } catch (SQLException e) {
            throw new RaceSetupException(
                    "The harness cannot hold \"" + gate.description() + "\": " + e.getMessage() + "\nIts statement was: "
                            + sql(),
                    e);
        }
    }

    private String sql() {
        if (gate instanceof TableLockGate lock) {
            return session.queryOne(
                    "SELECT format('LOCK TABLE %s IN " + lock.mode() + " MODE NOWAIT', ?::regclass)",
                    row -> row.getString(1),
                    lock.lockedTable());
        }
        return ((HeldByGate) gate).sql();
    }

    int backend() {
        return session.backend();
    }

    @Override
    public Gate gate() {
        return gate;
    }

    /** Lets everybody go who waits here. */
    @Override
    public void release() {
        session.rollback();
    }

    @Override
    public void close() {
        session.close();
    }
}
