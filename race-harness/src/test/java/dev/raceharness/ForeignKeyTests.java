package dev.raceharness;

import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeDeleteOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.sqlState;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForeignKeyTests {

    @BeforeAll
    static void tables() {
        sql("CREATE TABLE parent (id int PRIMARY KEY)", "CREATE TABLE child (parent int REFERENCES parent)");
    }

    @BeforeEach
    void rows() {
        sql("TRUNCATE parent, child", "INSERT INTO parent VALUES (1)");
    }

    @Test
    void theParentIsDeletedWhileItsChildIsHeld() {
        var outcome = race().holdAt(beforeInsertOn("child"), beforeDeleteOn("parent"))
                .racer("ada", armed("INSERT INTO child VALUES (1)"))
                .racer("ben", armed("DELETE FROM parent WHERE id = 1"))
                .release(Schedule.inOrder("ben", "ada"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("parent").rows(-1).on("child").attempted(1).refused(1).rows(0);
        assertThat(sqlState(outcome.racer("ada"))).isEqualTo("23503");
    }

    @Test
    void theChildOfAnUncommittedParentFailsWithoutWaiting() {
        var outcome = race().holdAt(afterInsertOn("parent"), beforeInsertOn("child"))
                .racer("ada", armed("INSERT INTO parent VALUES (2)"))
                .racer("ben", armed("INSERT INTO child VALUES (2)"))
                .release(Schedule.inOrder("ben", "ada"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("parent").rows(1).on("child").rows(0);
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("23503");
    }

    @Test
    void theDeletionOfTheParentWaitsForAnUncommittedChild() {
        var outcome = race().holdAt(beforeInsertOn("child"), beforeCommitAfter("child"), beforeDeleteOn("parent"))
                .racer("ada", armed("INSERT INTO child VALUES (1)"))
                .racer("ben", armed("DELETE FROM parent WHERE id = 1"))
                .release(Schedule.steps("ada:child ben:parent ada:commit"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("child").rows(1).on("parent").rows(0);
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("23503");
        assertThat(outcome.interleaving().toString()).contains("waits for ada");
    }
}
