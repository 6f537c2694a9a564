package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Playground.in;
import static dev.raceharness.Playground.owner;
import static dev.raceharness.Playground.race;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.unarmed;
import static dev.raceharness.Playground.withOptions;
import static dev.raceharness.Playground.withRole;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class ArmingTests {

    private static final String INSERT = "INSERT INTO arming VALUES (1)";

    @BeforeAll
    static void table() {
        sql("CREATE TABLE arming (id int PRIMARY KEY)");
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE arming");
    }

    private static Race both(Callable<?> action) {
        return race().holdAt(beforeInsertOn("arming")).racer("ada", action).racer("ben", action);
    }

    private static void assertForced(Outcome outcome) {
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("arming").attempted(2).uniqueViolations(1).rows(1);
    }

    @Test
    void byFlagInTheUrl() {
        var database = Playground.database();
        var url = database.jdbcUrl() + (database.jdbcUrl().contains("?") ? "&" : "?") + "options=-c%20race.armed=on";
        assertForced(both(() -> {
                    try (var connection = DriverManager.getConnection(url, database.username(), database.password())) {
                        return Playground.execute(connection, INSERT);
                    }
                })
                .run());
    }

    @Test
    void byFlagOfTheRole() {
        var role = withRole("arming_flagged", "");
        sql("GRANT INSERT ON arming TO arming_flagged", "ALTER ROLE arming_flagged SET race.armed = 'on'");
        assertForced(both(in(role, INSERT)).run());
    }

    @Test
    void everySessionReachesSessionsOpenedBeforeTheInstallationAndPreparedInserts() throws SQLException {
        try (var ada = new Prepared(owner());
                var ben = new Prepared(owner());
                var harness = RaceHarness.open(owner())) {
            var outcome = harness.race().armedBy(Arming.everySession()).holdAt(beforeInsertOn("arming"))
                    .racer("ada", () -> ada.insert(1))
                    .racer("ben", () -> ben.insert(1))
                    .run();
            assertForced(outcome);
        }
    }

    @Test
    void byRoleReachesSessionsOpenedBeforeTheInstallation() throws SQLException {
        var role = withRole("arming_clerk", "");
        sql("GRANT INSERT ON arming TO arming_clerk");
        try (var ada = new Prepared(role);
                var ben = new Prepared(role);
                var harness = RaceHarness.open(owner())) {
            var outcome = harness.race().armedBy(Arming.byRole("arming_clerk")).holdAt(beforeInsertOn("arming"))
                    .racer("ada", () -> ada.insert(1))
                    .racer("ben", () -> ben.insert(1))
                    .run();
            assertForced(outcome);
        }
    }

    @Test
    void byRoleLeavesOtherRolesAlone() {
        var role = withRole("arming_clerk", "");
        sql("GRANT INSERT ON arming TO arming_clerk");
        var outcome = both(in(role, INSERT)).armedBy(Arming.byRole("arming_clerk"))
                .racer("cyd", () -> {
                    unarmed("INSERT INTO arming VALUES (2)").call();
                    return in(role, "INSERT INTO arming VALUES (3)").call();
                })
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("arming").attempted(3).uniqueViolations(1).rows(2);
    }

    @Test
    void byTheRoleOfTheHarnessItself() {
        var name = Playground.database().username();
        assertForced(both(unarmed(INSERT)).armedBy(Arming.byRole(name)).run());
    }

    @Test
    void unarmedSessionsPassUntouchedWhileARaceIsOn() {
        var outcome = both(Playground.armed(INSERT))
                .racer("cyd", () -> {
                    unarmed("INSERT INTO arming VALUES (2)").call();
                    return Playground.armed("INSERT INTO arming VALUES (3)").call();
                })
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("arming").attempted(3).rows(2);
        assertThat(outcome.strangers()).isEmpty();
    }

    @Test
    void aSessionMayStayOutOfArmingEverySession() {
        var outcome = both(unarmed(INSERT)).armedBy(Arming.everySession())
                .racer("cyd", () -> {
                    in(withOptions("-c race.armed=off"), "INSERT INTO arming VALUES (2)").call();
                    return unarmed("INSERT INTO arming VALUES (3)").call();
                })
                .run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("arming").attempted(3).rows(2);
    }

    @Test
    void strangersAreLetThroughAndMentioned() throws Exception {
        var plan = new Plan();
        plan.gates.add(beforeInsertOn("arming"));
        plan.arming = Arming.everySession();
        try (var session = HarnessSession.open(owner());
                var turn = Turn.take(session);
                var installation = Installation.install(session, 64)) {
            var barrier = Barrier.shut(plan, installation, session, owner());
            var field = new Field(List.of(), Run.fresh(), barrier, new Journal());
            var stranger = new FutureTask<>(unarmed(INSERT));
            new Thread(stranger).start();
            assertTrue(Patience.await(Duration.ofSeconds(5), () -> {
                field.look();
                return stranger.isDone();
            }));
            assertThat(stranger.get()).isEqualTo("1");
            assertThat(field.strangers()).hasSize(1);
            barrier.close();
        }
        sql("TRUNCATE arming");
        var outcome = both(Playground.armed(INSERT)).run();
        var withStranger = new Outcome(
                outcome.title(), outcome.verdict(), outcome.gates(), outcome.schedule(), outcome.racers(),
                outcome.evidence(), outcome.interleaving(), List.of(4711));
        assertThat(withStranger.toString()).contains("let through, because no racer was missing: backends [4711]");
    }

    @Test
    void aByRoleWithoutRolesIsRefused() {
        assertThatThrownBy(Arming::byRole)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one database role");
    }

    /** A session that was opened, and whose INSERT the server has planned, before the harness came. */
    private static final class Prepared implements AutoCloseable {
        private final Connection connection;
        private final PreparedStatement insert;

        Prepared(DataSource dataSource) throws SQLException {
            connection = dataSource.getConnection();
            connection.unwrap(PGConnection.class).setPrepareThreshold(1);
            insert = connection.prepareStatement("INSERT INTO arming VALUES (?)");
            connection.setAutoCommit(false);
            for (int id = 100; id < 110; id++) {
                insert(id);
            }
            connection.rollback();
            connection.setAutoCommit(true);
        }

        int insert(int id) throws SQLException {
            insert.setInt(1, id);
            return insert.executeUpdate();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
