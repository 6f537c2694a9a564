package dev.raceharness;

import static dev.raceharness.Gate.afterDdl;
import static dev.raceharness.Gate.beforeDdl;
import static dev.raceharness.Playground.armed;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sqlState;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DdlGateTests {

    @Test
    void twoCreateTableIfNotExistsCollideInTheCatalogue() {
        var outcome = twice(beforeDdl(), "CREATE TABLE IF NOT EXISTS ddl_gate (id int)")
                .holdAt(afterDdl())
                .release(Schedule.steps("ada:ddl ben:ddl ada:after-ddl"))
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED);
        assertThat(outcome.racer("ada").succeeded()).isTrue();
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("23505");
        assertThat(outcome.racer("ben").failure().orElseThrow()).hasMessageContaining("pg_type_typname_nsp_index");
    }

    @Test
    void afterDdlAloneHoldsTheFirstAndTheSecondWaitsBehindIt() {
        var outcome = twice(afterDdl(), "CREATE TABLE IF NOT EXISTS ddl_gate_after (id int)")
                .acceptSerialised()
                .run();
        assertThat(outcome).hasVerdict(Verdict.SERIALISED);
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("23505");
    }

    @Test
    void unarmedDdlPassesWhileTheGateIsShut() {
        var outcome = twice(beforeDdl(), "CREATE TABLE IF NOT EXISTS ddl_gate_unarmed (id int)")
                .racer("cyd", () -> {
                    Playground.unarmed("CREATE TABLE ddl_gate_stranger (id int)").call();
                    return armed("CREATE TABLE ddl_gate_third (id int)").call();
                })
                .release(Schedule.inOrder())
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).everyRacerSucceeded();
    }

    @Test
    void theGateIsGoneOnceTheRaceIsOver() throws Exception {
        twice(beforeDdl(), "CREATE TABLE IF NOT EXISTS ddl_gate_once (id int)").release(Schedule.inOrder()).run();
        assertThat(armed("CREATE TABLE ddl_gate_later (id int)").call()).isEqualTo("0");
    }
}
