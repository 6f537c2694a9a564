package dev.raceharness;

import static dev.raceharness.Explorations.bothWays;
import static dev.raceharness.Explorations.transaction;
import static dev.raceharness.Gate.beforeInsertOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.junit.RaceExtension;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each racer fails at each of its gates in turn: nothing half-made may remain. */
class ExploredFaultsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    private static final String TENANT = "INSERT INTO tenant_org VALUES ('TOKEN') ON CONFLICT DO NOTHING";
    private static final String ROOM = "INSERT INTO tenant_room SELECT 'TOKEN' ON CONFLICT DO NOTHING";

    @BeforeAll
    static void tables() {
        Playground.sql(
                "CREATE TABLE tenant_org (name text PRIMARY KEY)",
                "CREATE TABLE tenant_room (org text PRIMARY KEY REFERENCES tenant_org)");
    }

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.terminateBackend(), Fault.cancelStatement(), Fault.raise("40001"), Fault.rollBack());
    }

    /** Whoever makes the organization makes its workspace, in a second transaction, which may never come. */
    private static Run.Action inTwoTransactions() {
        return run -> {
            var made = transaction(TENANT).in(run);
            if (made.equals("1")) {
                transaction(ROOM).in(run);
            }
            return "there";
        };
    }

    private static Run.Action inOne() {
        return run -> {
            transaction(TENANT, ROOM).in(run);
            return "there";
        };
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anOrganizationWithoutWorkspaceIsFound(Fault fault, Race race) {
        var exploration = race.holdAt(beforeInsertOn("tenant_org"), beforeInsertOn("tenant_room"))
                .racer("ada", inTwoTransactions())
                .racer("ben", inTwoTransactions())
                .withFault(fault)
                .explore();

        var witness = exploration.assertAnomaly();
        assertThat(exploration.complete()).isTrue();
        assertThat(witness.schedule()).contains("!" + fault.word());
        assertThat(witness.outcome().rows()).containsEntry("tenant_org", 1L).containsEntry("tenant_room", 0L);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void inOneTransactionNothingHalfMadeRemains(Fault fault, Race race) {
        var exploration = race.racer("ada", inOne())
                .racer("ben", inOne())
                .withFault(fault)
                .explore()
                .assertSerializable();

        assertThat(exploration.interleavings())
                .anySatisfy(explored -> assertThat(explored.schedule()).contains("!" + fault.word()));
    }

    @Test
    void pruningFindsTheSame(Race race) {
        bothWays(race.holdAt(beforeInsertOn("tenant_org"), beforeInsertOn("tenant_room"))
                .racer("ada", inTwoTransactions())
                .racer("ben", inTwoTransactions())
                .withFault(Fault.raise("40001")));
    }
}
