package dev.raceharness.benchmark;

import dev.raceharness.Exploration;
import dev.raceharness.RaceHarness;
import dev.raceharness.Run;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** All 20 interleavings of two racers with three gates, with finding the gates and running the serial orders. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ExplorationBenchmarks {

    static final int INTERLEAVINGS = 20;

    private Connection ada;
    private Connection ben;
    private RaceHarness harness;

    @Setup
    public void open() throws SQLException {
        Server.sql("DROP TABLE IF EXISTS explored", "CREATE TABLE explored (name text)", "CREATE INDEX ON explored (name)");
        ada = armed();
        ben = armed();
        harness = RaceHarness.open(Server.dataSource());
    }

    private static Connection armed() throws SQLException {
        var connection = Server.armedDataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Setup(Level.Iteration)
    public void empty() throws SQLException {
        Server.sql("TRUNCATE explored");
    }

    @Benchmark
    public Exploration explore() {
        var exploration = harness.race()
                .racer("ada", run -> insertIfAbsent(ada, run))
                .racer("ben", run -> insertIfAbsent(ben, run))
                .explore();
        if (exploration.interleavings().size() != INTERLEAVINGS) {
            throw new IllegalStateException(exploration.toString());
        }
        return exploration;
    }

    private static int insertIfAbsent(Connection connection, Run run) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO explored SELECT ? WHERE NOT EXISTS (SELECT FROM explored WHERE name = ?)")) {
            insert.setString(1, run.token());
            insert.setString(2, run.token());
            var inserted = insert.executeUpdate();
            connection.commit();
            return inserted;
        }
    }

    @TearDown
    public void close() throws SQLException {
        harness.close();
        ada.close();
        ben.close();
    }
}
