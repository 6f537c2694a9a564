package dev.raceharness.benchmark;

import dev.raceharness.Exploration;
import dev.raceharness.Isolationtester;
import dev.raceharness.RaceHarness;
import dev.raceharness.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
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

/**
 * All 20 interleavings of two racers with three gates, with finding the gates and running the serial orders. Beside it those
 * of the same statement by PostgreSQL's isolationtester, whose three steps are written into its spec.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ExplorationBenchmarks {

    static final int INTERLEAVINGS = 20;

    private static final String SPEC =
            """
            teardown { DELETE FROM tested; }
            session ada
            setup { BEGIN; }
            step ada_writes { INSERT INTO tested SELECT 'acme' WHERE NOT EXISTS (SELECT FROM tested WHERE name = 'acme'); }
            step ada_has_written { SELECT; }
            step ada_commits { COMMIT; }
            session ben
            setup { BEGIN; }
            step ben_writes { INSERT INTO tested SELECT 'acme' WHERE NOT EXISTS (SELECT FROM tested WHERE name = 'acme'); }
            step ben_has_written { SELECT; }
            step ben_commits { COMMIT; }
            """;

    private Path folder;
    private Isolationtester isolationtester;
    private Connection ada;
    private Connection ben;
    private RaceHarness harness;

    @Setup
    public void open() throws SQLException, IOException {
        for (var table : List.of("explored", "tested")) {
            Server.sql("DROP TABLE IF EXISTS " + table, "CREATE TABLE " + table + " (name text)");
            Server.sql("CREATE INDEX ON " + table + " (name)");
        }
        folder = Files.createTempDirectory("isolationtester");
        isolationtester = Isolationtester.unpackedTo(folder);
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

    @Benchmark
    public String isolationtester() throws IOException, InterruptedException {
        var database = Server.dataSource();
        var printed = isolationtester.run(SPEC, database.getUrl(), database.getUser(), database.getPassword());
        if (printed.split("starting permutation").length != INTERLEAVINGS + 1) {
            throw new IllegalStateException(printed);
        }
        return printed;
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
    public void close() throws SQLException, IOException {
        harness.close();
        ada.close();
        ben.close();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
