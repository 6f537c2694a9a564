package dev.raceharness.benchmark;

import java.sql.SQLException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.AuxCounters;
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

/** The control: two threads that start within a few milliseconds of each other, and no harness. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlainConcurrencyBenchmarks {

    @Param({"0", "5", "50"})
    public int jitterMillis;

    private Provisioning ada;
    private Provisioning ben;
    private ExecutorService threads;
    private long names;

    /** How often both found nothing and inserted. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Luck {
        public long tries;
        public long hits;
    }

    @Setup
    public void open() throws SQLException {
        Server.sql("DROP TABLE IF EXISTS unprotected", "CREATE TABLE unprotected (name text)");
        Server.sql("CREATE INDEX ON unprotected (name)");
        ada = new Provisioning("unprotected");
        ben = new Provisioning("unprotected");
        threads = Executors.newFixedThreadPool(2);
    }

    @Setup(Level.Iteration)
    public void empty() throws SQLException {
        Server.sql("TRUNCATE unprotected");
    }

    @Benchmark
    public void twoThreads(Luck luck) throws Exception {
        var name = "acme " + names++;
        var start = new CyclicBarrier(2);
        var first = insert(ada, name, start);
        var second = insert(ben, name, start);
        luck.tries++;
        luck.hits += first.get() & second.get() ? 1 : 0;
    }

    private Future<Boolean> insert(Provisioning session, String name, CyclicBarrier start) {
        return threads.submit(() -> {
            start.await();
            LockSupport.parkNanos((long) (ThreadLocalRandom.current().nextDouble() * jitterMillis * 1e6));
            return session.insertIfAbsent(name);
        });
    }

    @TearDown
    public void close() throws SQLException {
        threads.shutdown();
        ada.close();
        ben.close();
    }
}
