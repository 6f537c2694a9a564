package dev.raceharness.benchmark;

import static dev.raceharness.Gate.beforeInsertOn;

import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.RaceHarness;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
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

/** The same transactions for one name: one after the other, and forced into a race, evidence included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RaceBenchmarks {

    @Param({"2", "32", "100"})
    public int racers;

    private Provisioning[] sessions;
    private RaceHarness harness;
    private long names;

    @Setup
    public void open() throws SQLException {
        Server.sql("DROP TABLE IF EXISTS provisioned", "CREATE TABLE provisioned (name text PRIMARY KEY)");
        sessions = new Provisioning[racers];
        for (int i = 0; i < racers; i++) {
            sessions[i] = new Provisioning("provisioned");
        }
        harness = RaceHarness.open(Server.dataSource());
    }

    @Setup(Level.Iteration)
    public void empty() throws SQLException {
        Server.sql("TRUNCATE provisioned");
    }

    @Benchmark
    public int oneAfterTheOther() throws SQLException {
        var name = "acme " + names++;
        var first = 0;
        for (var session : sessions) {
            first += session.insertAlways(name) ? 1 : 0;
        }
        return first;
    }

    @Benchmark
    public Outcome forced() {
        return race(harness.race()).run();
    }

    @Benchmark
    public Outcome fromCold() {
        return race(Race.on(Server.dataSource())).run();
    }

    private Race race(Race bare) {
        var name = "acme " + names++;
        var race = bare.holdAt(beforeInsertOn("provisioned"));
        for (int i = 0; i < sessions.length; i++) {
            var session = sessions[i];
            race = race.racer("racer-" + i, () -> session.insertAlways(name));
        }
        return race;
    }

    @TearDown
    public void close() throws SQLException {
        harness.close();
        for (var session : sessions) {
            session.close();
        }
    }
}
