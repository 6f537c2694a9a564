package dev.raceharness;

import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.transaction;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.RaceAssertions.assertThat;
import static dev.raceharness.WriteGateTests.arrivals;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class TablesOfEveryKindTests {

    @Test
    void aTableCreatedAfterTheInstallation() {
        sql("CREATE TABLE kind_before (id int)");
        twice(beforeInsertOn("kind_before"), "INSERT INTO kind_before VALUES (1)").run();
        sql("CREATE TABLE kind_after (id int PRIMARY KEY)");
        var outcome = twice(beforeInsertOn("kind_after"), "INSERT INTO kind_after VALUES (1)").run();
        assertThat(outcome).on("kind_after").attempted(2).uniqueViolations(1).rows(1);
    }

    @Test
    void aTableThatWasDroppedAndCreatedAgain() {
        for (int i = 0; i < 2; i++) {
            sql("DROP TABLE IF EXISTS kind_again", "CREATE TABLE kind_again (id int PRIMARY KEY)");
            var outcome = twice(beforeInsertOn("kind_again"), "INSERT INTO kind_again VALUES (1)").run();
            assertThat(outcome).on("kind_again").attempted(2).uniqueViolations(1).rows(1);
        }
    }

    @Test
    void partitionedTable() {
        sql("CREATE TABLE kind_parted (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE kind_parted_low PARTITION OF kind_parted FOR VALUES FROM (0) TO (100)",
                "CREATE TABLE kind_parted_high PARTITION OF kind_parted FOR VALUES FROM (100) TO (200)");
        var outcome = twice(beforeInsertOn("kind_parted"), "INSERT INTO kind_parted VALUES (150)").run();
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .on("kind_parted").attempted(2).refused(1).uniqueViolationsOf("kind_parted_high_pkey", 1).rows(1);
    }

    @Test
    void aRowThatIsWrittenStraightIntoAPartition() {
        sql("CREATE TABLE kind_parted_past (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE kind_parted_past_low PARTITION OF kind_parted_past FOR VALUES FROM (0) TO (100)");
        var outcome = twice(beforeInsertOn("kind_parted_past"), "INSERT INTO kind_parted_past_low VALUES (1)").run();
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .on("kind_parted_past").attempted(2).refused(1).uniqueViolationsOf("kind_parted_past_low_pkey", 1).rows(1);
    }

    @Test
    void commitGateOnAPartitionedTable() {
        sql("CREATE TABLE kind_parted_commit (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE kind_parted_commit_low PARTITION OF kind_parted_commit FOR VALUES FROM (0) TO (100)");
        var outcome = race().holdAt(beforeCommitAfter("kind_parted_commit"))
                .racer("ada", armed("INSERT INTO kind_parted_commit VALUES (1)"))
                .racer("ben", armed("INSERT INTO kind_parted_commit VALUES (2)"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("kind_parted_commit").rows(2);
    }

    @Test
    void writeThroughAnUpdatableViewIsHeldAtTheTable() {
        sql("CREATE TABLE kind_base (id int PRIMARY KEY)", "CREATE VIEW kind_view AS SELECT * FROM kind_base");
        var outcome = twice(beforeInsertOn("kind_base"), "INSERT INTO kind_view VALUES (1)").run();
        assertThat(outcome).on("kind_base").attempted(2).uniqueViolations(1).rows(1);
    }

    @Test
    void quotedNamesInAnotherSchema() {
        sql("CREATE SCHEMA \"Odd Schema\"", "CREATE TABLE \"Odd Schema\".\"Odd Table\" (id int PRIMARY KEY)");
        var table = "\"Odd Schema\".\"Odd Table\"";
        var outcome = twice(beforeInsertOn(table), "INSERT INTO " + table + " VALUES (1)").run();
        assertThat(outcome).on(table).attempted(2).uniqueViolationsOf("Odd Table_pkey", 1).rows(1);
    }

    @Test
    void violationsAreUnknownWhenTwoWatchedTablesHaveAConstraintOfThatName() {
        sql("CREATE SCHEMA kind_one", "CREATE SCHEMA kind_two",
                "CREATE TABLE kind_one.twin (id int PRIMARY KEY)", "CREATE TABLE kind_two.twin (id int PRIMARY KEY)");
        var outcome = twice(beforeInsertOn("kind_one.twin"), "INSERT INTO kind_one.twin VALUES (1)")
                .watch("kind_two.twin")
                .run();
        assertThat(outcome.evidence().on("kind_two.twin").uniqueViolations()).isEmpty();
        assertThat(outcome).on("kind_one.twin").attempted(2).refused(1).rows(1);
    }

    @Test
    void mergeIsHeldOnceAndCountsTheRowsItTriesToInsert() {
        sql("CREATE TABLE kind_merge (id int PRIMARY KEY, n int DEFAULT 0)");
        var outcome = twice(
                        beforeWriteOn("kind_merge"),
                        """
                        MERGE INTO kind_merge t USING (VALUES (1)) AS s (id) ON t.id = s.id
                        WHEN MATCHED THEN UPDATE SET n = n + 1 WHEN NOT MATCHED THEN INSERT VALUES (s.id, 0)""")
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED)
                .on("kind_merge").attempted(2).refused(1).uniqueViolations(1).rows(1);
        assertThat(arrivals(outcome, "ada")).isEqualTo(1);
    }

    @Test
    void copyIsHeldOnce() {
        sql("CREATE TABLE kind_copy (id int PRIMARY KEY)");
        Callable<Long> copy = () -> transaction(connection -> {
            try {
                return connection.unwrap(PGConnection.class).getCopyAPI()
                        .copyIn("COPY kind_copy FROM STDIN", new StringReader("1\n2\n3\n"));
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        });
        var outcome = race().holdAt(beforeInsertOn("kind_copy")).racer("ada", copy).racer("ben", copy)
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("kind_copy").uniqueViolations(1).rows(3);
        assertThat(arrivals(outcome, "ada")).isEqualTo(1);
    }

    @Test
    void jdbcBatchIsHeldAtEachOfItsStatements() {
        sql("CREATE TABLE kind_batch (id int PRIMARY KEY)");
        var outcome = race().holdAt(beforeInsertOn("kind_batch"))
                .racer("ada", batch(1, 2))
                .racer("ben", batch(3, 4))
                .release(Schedule.steps("ada:kind_batch ben:kind_batch ada:kind_batch ben:kind_batch"))
                .run();
        assertThat(outcome).everyRacerSucceeded().on("kind_batch").attempted(4).refused(0).rows(4);
    }

    private static Callable<Integer> batch(int... ids) {
        return () -> transaction(connection -> {
            try (var insert = connection.prepareStatement("INSERT INTO kind_batch VALUES (?)")) {
                for (var id : ids) {
                    insert.setInt(1, id);
                    insert.addBatch();
                }
                return insert.executeBatch().length;
            }
        });
    }
}
