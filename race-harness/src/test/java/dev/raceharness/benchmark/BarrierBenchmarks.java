package dev.raceharness.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The barrier alone, as one would write it by hand: one advisory lock, one trigger, new threads, and the lock view asked until
 * all are held. Nobody knows which racer is where, a racer that does not come hangs it for ever, and nothing is proved.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BarrierBenchmarks {

    private static final long LOCK = 4711;
    private static final long NANOS_BETWEEN_LOOKS = 100_000;

    @Param({"2", "32", "100"})
    public int racers;

    private Provisioning[] sessions;
    private Connection barrier;
    private PreparedStatement shut;
    private PreparedStatement waiting;
    private PreparedStatement open;
    private long names;

    @Setup
    public void open() throws SQLException {
        Server.sql(
                "DROP TABLE IF EXISTS by_hand",
                "CREATE TABLE by_hand (name text PRIMARY KEY)",
                """
                CREATE OR REPLACE FUNCTION wait_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    PERFORM pg_advisory_xact_lock_shared(%d);
                    RETURN NEW;
                END $$
                """
                        .formatted(LOCK),
                "CREATE TRIGGER by_hand BEFORE INSERT ON by_hand FOR EACH ROW EXECUTE FUNCTION wait_by_hand()");
        sessions = new Provisioning[racers];
        for (int i = 0; i < racers; i++) {
            sessions[i] = new Provisioning("by_hand");
        }
        barrier = Server.dataSource().getConnection();
        shut = barrier.prepareStatement("SELECT pg_advisory_lock(?)");
        waiting = barrier.prepareStatement("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
        open = barrier.prepareStatement("SELECT pg_advisory_unlock(?)");
        shut.setLong(1, LOCK);
        open.setLong(1, LOCK);
    }

    @Setup(Level.Iteration)
    public void empty() throws SQLException {
        Server.sql("TRUNCATE by_hand");
    }

    @Benchmark
    public int byHand() throws Exception {
        var name = "acme " + names++;
        shut.execute();
        var all = new ArrayList<FutureTask<Boolean>>();
        for (var session : sessions) {
            var racer = new FutureTask<>(() -> session.insertAlways(name));
            all.add(racer);
            new Thread(racer).start();
        }
        while (held() < racers) {
            LockSupport.parkNanos(NANOS_BETWEEN_LOOKS);
        }
        open.execute();
        return first(all);
    }

    private int held() throws SQLException {
        try (var row = waiting.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static int first(List<FutureTask<Boolean>> all) throws Exception {
        var first = 0;
        for (var racer : all) {
            first += racer.get() ? 1 : 0;
        }
        return first;
    }

    @TearDown
    public void close() throws SQLException {
        barrier.close();
        for (var session : sessions) {
            session.close();
        }
    }
}
