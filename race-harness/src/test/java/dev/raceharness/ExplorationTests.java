package dev.raceharness;

import static dev.raceharness.Explorations.bothWays;
import static dev.raceharness.Explorations.outcomes;
import static dev.raceharness.Explorations.transaction;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.junit.RaceExtension;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing is told but the racers: anomalies are found, protections come out clean, pruned or not. */
class ExplorationTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    private static final String INSERT_IF_ABSENT =
            "INSERT INTO %1$s SELECT 'TOKEN' WHERE NOT EXISTS (SELECT FROM %1$s WHERE name = 'TOKEN')";

    @BeforeAll
    static void tables() {
        Playground.sql(
                "CREATE TABLE company (name text)",
                "CREATE TABLE unique_company (name text PRIMARY KEY)",
                "CREATE TABLE left_stock (n int)",
                "INSERT INTO left_stock VALUES (1)",
                "CREATE TABLE right_stock (n int)",
                "INSERT INTO right_stock VALUES (1)");
    }

    private static Run.Action insertIfAbsent(String table) {
        return transaction(INSERT_IF_ABSENT.formatted(table));
    }

    private static Run.Action insertIfAbsentAndRecover(String table) {
        var insert = insertIfAbsent(table);
        return run -> {
            try {
                return insert.in(run) + " or found";
            } catch (Exception e) {
                return insert.in(run) + " or found";
            }
        };
    }

    @Test
    void insertWhereNotExistsWithoutAConstraintIsAnAnomalyInEachOfTwentyInterleavings(Race race) {
        var exploration = bothWays(
                race.racer("ada", insertIfAbsent("company")).racer("ben", insertIfAbsent("company")));

        assertThat(exploration.interleavings()).hasSize(20);
        assertThat(exploration.assertAnomaly().outcome().rows()).containsEntry("company", 2L);
        assertThat(exploration.gates().toString()).contains("no unique index covers it");
    }

    @Test
    void theReasonOfAGateSaysByWhatTheTableIsRead(Race race) {
        var racer = transaction(
                "SELECT count(*) FROM company WHERE name = 'TOKEN' LIMIT 1", "INSERT INTO company VALUES ('TOKEN')");

        var exploration = race.racer("ada", racer).racer("ben", racer).atMost(1).explore();

        assertThat(exploration.gates().values())
                .containsExactly("ada and ben write it, ada and ben read it by name = $1; no unique index covers it");
    }

    @Test
    void withAConstraintAndRecoveryItIsClean(Race race) {
        var racer = insertIfAbsentAndRecover("unique_company");
        Run.Action quiet = run -> {
            racer.in(run);
            return "there";
        };

        var exploration = bothWays(race.racer("ada", quiet).racer("ben", quiet)).assertSerializable();

        assertThat(exploration.interleavings()).hasSize(6);
        assertThat(exploration.gates().toString()).contains("unique are (name)");
    }

    @Test
    void threeRacersStartInEveryOrder(Race race) {
        var exploration = bothWays(race.holdAt(beforeInsertOn("company"))
                .racer("ada", insertIfAbsent("company"))
                .racer("ben", insertIfAbsent("company"))
                .racer("cat", insertIfAbsent("company")));

        assertThat(exploration.interleavings())
                .extracting(explored -> explored.outcome().rows().get("company"))
                .contains(1L, 2L, 3L);
        assertThat(exploration.interleavings()).anySatisfy(explored -> assertThat(explored.schedule())
                .startsWith("cat:start cat:company"));
    }

    @Test
    void aDeadlockBetweenTwoTablesHasEitherVictim(Race race) {
        var exploration = bothWays(race.racer("ada", updates("left_stock", "right_stock"))
                .racer("ben", updates("right_stock", "left_stock"))
                .watch("left_stock", "right_stock"));

        assertThat(outcomes(exploration).toString())
                .contains("ANOMALY ada threw PSQLException 40P01; ben returned 1")
                .contains("ANOMALY ada returned 1; ben threw PSQLException 40P01");
        assertThat(exploration.witness().orElseThrow().interleaving().toString()).contains("waits for ");
    }

    @Test
    void aTableThatRefersTwiceToAnother(Race race) {
        Playground.sql("CREATE TABLE author (id int PRIMARY KEY)", "INSERT INTO author VALUES (1)",
                "CREATE TABLE book (written_by int REFERENCES author, edited_by int REFERENCES author)");
        var insert = Playground.armed("INSERT INTO book VALUES (1, 1)");

        bothWays(race.racer("ada", insert).racer("ben", insert)).assertSerializable();
    }

    /** The lock view does not tell the lock that a foreign key takes from one that keeps others out. */
    @Test
    void aRowThatIsLockedBesideAForeignKeyToIt(Race race) {
        Playground.sql("CREATE TABLE shelf (id int PRIMARY KEY)", "INSERT INTO shelf VALUES (1)",
                "CREATE TABLE left_volume (shelf int REFERENCES shelf)", "CREATE TABLE left_label (name text)",
                "CREATE TABLE right_volume (shelf int REFERENCES shelf)", "CREATE TABLE right_label (name text)");

        var exploration = bothWays(race.racer("ada", put("left"))
                .racer("ben", put("right"))
                .holdAt(beforeWriteOn("left_volume"), beforeWriteOn("right_volume"))
                .holdAt(beforeWriteOn("left_label"), beforeWriteOn("right_label")));

        assertThat(outcomes(exploration).toString())
                .contains("ada returned 1; ben threw PSQLException 55P03")
                .contains("ada threw PSQLException 55P03; ben returned 1");
    }

    private static Callable<String> put(String side) {
        return Playground.armed(
                "INSERT INTO " + side + "_volume VALUES (1)",
                "SELECT id FROM shelf FOR NO KEY UPDATE NOWAIT",
                "INSERT INTO " + side + "_label VALUES ('put')");
    }

    @Test
    void withTheTablesInOneOrderThereIsNone(Race race) {
        bothWays(race.racer("ada", updates("left_stock", "right_stock"))
                        .racer("ben", updates("left_stock", "right_stock")))
                .assertSerializable();
    }

    private static Callable<String> updates(String first, String second) {
        return Playground.armed(
                "SET LOCAL deadlock_timeout = '100ms'",
                "UPDATE " + first + " SET n = n + 1",
                "UPDATE " + second + " SET n = n + 1");
    }

    @Test
    void stepsOnDifferentTablesAreTakenInOneOrderOnly(Race race) {
        var left = Playground.armed("UPDATE left_stock SET n = n + 1", "SELECT n FROM right_stock");
        var right = Playground.armed("UPDATE right_stock SET n = n + 1", "SELECT n FROM left_stock");

        var exploration = bothWays(race.racer("ada", left).racer("ben", right));

        assertThat(exploration.pruned() + exploration.interleavings().size()).isLessThan(20);
        assertThat(exploration.assertAnomaly().outcome().results()).containsValues("returned 1");
    }

    @Test
    void aRacerWithTwoTransactionsIsMetBetweenThem(Race race) {
        Run.Action inTwo = run -> {
            transaction("INSERT INTO company VALUES ('TOKEN')").in(run);
            return transaction("DELETE FROM company WHERE name = 'TOKEN'").in(run);
        };
        var reader = transaction("SELECT count(*) FROM company WHERE name = 'TOKEN'");

        var exploration = bothWays(race.racer("ada", inTwo).racer("ben", reader));

        assertThat(exploration.assertAnomaly().outcome().results()).containsEntry("ben", "returned 1");
        assertThat(exploration.anomalies())
                .anySatisfy(anomaly -> assertThat(anomaly.schedule()).contains("ada:commit ben:start"));
    }

    /** What is read of a partitioned table is counted at its partitions. */
    @Test
    void aPartitionedTableThatOneOnlyReads(Race race) {
        Playground.sql(
                "CREATE TABLE posting (amount int) PARTITION BY RANGE (amount)",
                "CREATE TABLE posting_out PARTITION OF posting FOR VALUES FROM (MINVALUE) TO (0)",
                "CREATE TABLE posting_in PARTITION OF posting FOR VALUES FROM (0) TO (MAXVALUE)",
                "CREATE TABLE posting_log (sum text)");

        var exploration = race.racer("ada", (Run run) -> Playground.armed(
                                "INSERT INTO posting_log SELECT '" + run.token() + "' || coalesce(sum(amount), 0) FROM posting")
                        .call())
                .racer("ben", (Run run) -> {
                    Playground.armed("INSERT INTO posting VALUES (-100)").call();
                    return Playground.armed("INSERT INTO posting VALUES (100)").call();
                })
                .explore();

        assertThat(exploration.gates()).containsKey("before and after write on, before commit after posting");
        assertThat(exploration.assertAnomaly().outcome().toString()).contains("-100");
    }

    /** The server hears of it late, long after the racer has ended. */
    @Test
    void aTableThatIsReadAfterTheLastWrite(Race race) {
        Playground.sql("CREATE TABLE entry (amount int)", "CREATE TABLE entry_log (name text)");

        var exploration = race.racer("ada", (Run run) -> {
                    Playground.armed("INSERT INTO entry_log VALUES ('" + run.token() + "')").call();
                    return Playground.armed("SELECT coalesce(sum(amount), 0) FROM entry").call();
                })
                .racer("ben", (Run run) -> {
                    Playground.armed("INSERT INTO entry VALUES (-100)").call();
                    return Playground.armed("INSERT INTO entry VALUES (100)").call();
                })
                .explore();

        assertThat(exploration.assertAnomaly().outcome().results()).containsEntry("ada", "returned -100");
    }

    /** It commits before anybody could hold it, so it matters who starts first. */
    @Test
    void aWriteBeforeTheFirstGateThatIsNamed(Race race) {
        Playground.sql("CREATE TABLE tallied (n int)", "INSERT INTO tallied VALUES (0)", "CREATE TABLE seat_taken (name text)");

        var exploration = race.holdAt(beforeWriteOn("seat_taken"))
                .watch("tallied")
                .racer("ada", (Run run) -> {
                    Playground.armed("UPDATE tallied SET n = n + 10").call();
                    return Playground.armed("INSERT INTO seat_taken VALUES ('" + run.token() + "')").call();
                })
                .racer("ben", (Run run) -> Playground.armed(
                                "SELECT set_config('app.n', (SELECT n::text FROM tallied), true)",
                                "INSERT INTO seat_taken VALUES ('" + run.token() + "')",
                                "UPDATE tallied SET n = current_setting('app.n')::int + 1")
                        .call())
                .before(run -> Playground.armed("UPDATE tallied SET n = 0").call())
                .explore();

        assertThat(exploration.assertAnomaly().schedule()).contains("ben:start ada:start");
    }
}
