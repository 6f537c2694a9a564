package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.sqlState;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.Playground.value;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each isolation level makes of one forced race; IsolationLevelsTests explores all of them. */
class IsolationInOneRaceTests {

    @BeforeAll
    static void table() {
        sql("CREATE TABLE isolated (id int PRIMARY KEY, n int DEFAULT 0)");
    }

    @BeforeEach
    void rows() {
        sql("TRUNCATE isolated", "INSERT INTO isolated SELECT * FROM generate_series(1, 5)");
    }

    @Test
    void lostUpdateOfReadModifyWrite() {
        var readModifyWrite = new String[] {
            "SELECT set_config('app.read', n::text, true) FROM isolated WHERE id = 1",
            "UPDATE isolated SET n = current_setting('app.read')::int + 1 WHERE id = 1"
        };
        var outcome = twice(beforeUpdateOn("isolated"), readModifyWrite).run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded().on("isolated").attempted(2).refused(0);
        assertThat(value("SELECT n FROM isolated WHERE id = 1")).isEqualTo("1");
    }

    @Test
    void repeatableReadRefusesTheLostUpdate() {
        var outcome = twice(
                        beforeUpdateOn("isolated"),
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
                        "SELECT n FROM isolated WHERE id = 1",
                        "UPDATE isolated SET n = n + 1 WHERE id = 1")
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED);
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("40001");
        assertThat(value("SELECT n FROM isolated WHERE id = 1")).isEqualTo("1");
    }

    @Test
    void serializableRefusesWriteSkew() {
        var takeTheLast = new String[] {
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "SELECT sum(n) FROM isolated",
        };
        var outcome = race().holdAt(beforeUpdateOn("isolated"))
                .racer("ada", armed(takeTheLast[0], takeTheLast[1], "UPDATE isolated SET n = 1 WHERE id = 1"))
                .racer("ben", armed(takeTheLast[0], takeTheLast[1], "UPDATE isolated SET n = 1 WHERE id = 2"))
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED);
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("40001");
    }

    @Test
    void serializableWithAUniqueConstraintStillAnswers40001() {
        var outcome = twice(
                        beforeInsertOn("isolated"),
                        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                        "SELECT count(*) FROM isolated WHERE id = 10",
                        "INSERT INTO isolated VALUES (10)")
                .release(Schedule.inOrder())
                .run();
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("40001");
        assertThat(outcome).on("isolated").attempted(2).refused(1).uniqueViolations(0).rows(1);
    }
}
