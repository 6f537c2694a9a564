package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.Arming;
import dev.raceharness.Gate;
import dev.raceharness.InstalledHarness;
import dev.raceharness.Playground;
import dev.raceharness.RaceHarness;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the harness has in a database, and how to be rid of it. */
class StatusAndRemoveTests {

    @BeforeEach
    void table() {
        Playground.sql("CREATE TABLE left_behind (name text)");
    }

    @AfterEach
    void noTable() {
        Playground.sql("DROP TABLE left_behind");
    }

    private static void race(RaceHarness harness) {
        harness.race()
                .armedBy(Arming.everySession())
                .holdAt(Gate.beforeInsertOn("left_behind"))
                .racer("ada", StatusAndRemoveTests::insert)
                .racer("ben", StatusAndRemoveTests::insert)
                .run();
    }

    private static String insert() throws SQLException {
        try (var connection = Playground.owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO left_behind VALUES ('x')");
            return "inserted";
        }
    }

    /** As it is after a kill -9: the session ends, and the schema stays. */
    @Test
    void whatAKilledHarnessLeftIsNamedAndTakenOut() {
        var harness = RaceHarness.open(Playground.owner());
        race(harness);
        var inUse = CommandRun.run("status");
        var leftAlone = CommandRun.run("remove");
        Playground.sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                + " WHERE application_name = 'race-harness' AND datname = current_database()");
        var left = CommandRun.run("status");
        var removed = CommandRun.run("remove");

        assertThat(inUse.out()).contains(", in use, triggers on left_behind");
        assertThat(leftAlone.out()).contains("Left alone: ").doesNotContain("Removed");
        assertThat(left.out()).contains(", left by a harness that is gone, inert, triggers on left_behind");
        assertThat(removed.out()).contains("Removed: schema race_");
        assertThat(removed.status()).isEqualTo(ExitStatus.FINE);
        assertThat(InstalledHarness.in(Playground.owner())).noneMatch(found -> found.tables().contains("left_behind"));
        harness.close();
    }

    @Test
    void anotherDatabaseThanTheDeclaredOneIsLeftAlone() {
        var run = CommandRun.raw(CommandRun.environment(), "remove", "--test-database", "production");

        assertThat(run.err()).contains("--test-database declares \"production\"");
        assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USE);
    }
}
