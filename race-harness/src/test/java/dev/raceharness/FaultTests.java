package dev.raceharness;

import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.tableLock;
import static dev.raceharness.Playground.sql;
import static dev.raceharness.Playground.sqlState;
import static dev.raceharness.Playground.twice;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTests {

    private static final String INSERT = "INSERT INTO fault VALUES (1)";

    @BeforeAll
    static void table() {
        sql("CREATE TABLE fault (id int PRIMARY KEY)");
    }

    @BeforeEach
    void empty() {
        sql("TRUNCATE fault");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Fault.terminateBackend(), "57P01"),
                Arguments.of(Fault.cancelStatement(), "57014"),
                Arguments.of(Fault.raise("40001"), "40001"),
                Arguments.of(Fault.raise("P0001"), "P0001"),
                Arguments.of(Fault.rollBack(), "40000"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void atAWriteTheOtherThenSucceeds(Fault fault, String sqlState) {
        var outcome = twice(beforeInsertOn("fault"), INSERT).fault("ada", fault).run();
        assertThat(outcome).hasVerdict(Verdict.FORCED).on("fault").attempted(2).refused(1).uniqueViolations(0).rows(1);
        assertThat(sqlState(outcome.racer("ada"))).isEqualTo(sqlState);
        assertThat(outcome.racer("ben").succeeded()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void atTheCommitTheOneBehindThenSucceeds(Fault fault, String sqlState) {
        var outcome = twice(beforeCommitAfter("fault"), INSERT)
                .fault("ada", fault)
                .release(Schedule.inOrder())
                .acceptSerialised()
                .run();
        assertThat(outcome).hasVerdict(Verdict.SERIALISED).on("fault").attempted(2).refused(0).uniqueViolations(0).rows(1);
        assertThat(sqlState(outcome.racer("ada"))).isEqualTo(sqlState);
        assertThat(outcome.racer("ben").succeeded()).isTrue();
        assertThat(outcome.evidence().committed())
                .containsExactly(outcome.racer("ben").backend().orElseThrow());
    }

    @Test
    void withoutAFaultTheOneBehindGetsTheViolation() {
        var outcome = twice(beforeCommitAfter("fault"), INSERT).acceptSerialised().run();
        assertThat(outcome).on("fault").attempted(2).uniqueViolations(1).rows(1);
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("23505");
    }

    @Test
    void theFaultOfOneIsNotTheFaultOfTheNext() {
        var outcome = twice(beforeInsertOn("fault"), INSERT)
                .racer("cyd", Playground.armed(INSERT))
                .fault("ada", Fault.raise("40001"))
                .fault("ben", Fault.raise("40P01"))
                .release(Schedule.inOrder())
                .run();
        assertThat(sqlState(outcome.racer("ada"))).isEqualTo("40001");
        assertThat(sqlState(outcome.racer("ben"))).isEqualTo("40P01");
        assertThat(outcome.racer("cyd").succeeded()).isTrue();
    }

    @Test
    void whoeverRetriesAfterTheFaultPasses() {
        var outcome = twice(beforeInsertOn("fault"), INSERT)
                .racer("cyd", () -> {
                    try {
                        return Playground.armed("INSERT INTO fault VALUES (2)").call();
                    } catch (java.sql.SQLException e) {
                        return Playground.armed("INSERT INTO fault VALUES (2)").call();
                    }
                })
                .fault("cyd", Fault.raise("40001"))
                .run();
        assertThat(outcome.racer("cyd").succeeded()).isTrue();
        assertThat(outcome).on("fault").attempted(4).refused(2).rows(2);
    }

    @Test
    void inStepsTheFaultStrikesWhereTheRacerIsToGo() {
        var outcome = twice(beforeInsertOn("fault"), INSERT)
                .fault("ada", Fault.raise("40001"))
                .release(Schedule.steps("ada:fault ben:fault"))
                .run();
        assertThat(sqlState(outcome.racer("ada"))).isEqualTo("40001");
        assertThat(outcome).on("fault").rows(1);
    }

    /** Whoever waits behind another is let go through open gates, where nothing can make it fail. */
    @Test
    void aFaultThatNeverStruckIsNoRace() {
        assertThatThrownBy(() -> twice(beforeCommitAfter("fault"), INSERT)
                        .fault("ben", Fault.raise("40001"))
                        .acceptSerialised()
                        .run())
                .isInstanceOfSatisfying(
                        RaceNotForcedException.class, e -> assertThat(e.verdict()).isEqualTo(Verdict.NOT_REACHED))
                .hasMessageContaining("The fault of ben never struck");
    }

    @Test
    void theInterleavingShowsTheFault() {
        var outcome = twice(beforeInsertOn("fault"), INSERT).fault("ada", Fault.cancelStatement()).run();
        assertThat(outcome.interleaving().toString()).contains("its statement cancelled");
    }

    @Test
    void atASharedGateOnlyTheServersOwnFaultsWork() {
        assertThatThrownBy(() -> twice(tableLock("fault"), INSERT).fault("ada", Fault.raise("40001")).run())
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("cannot be made to fail with SQLSTATE 40001");
        var outcome = twice(tableLock("fault"), INSERT).fault("ada", Fault.cancelStatement()).run();
        assertThat(sqlState(outcome.racer("ada"))).isEqualTo("57014");
    }

    @Test
    void whatIsNoErrorIsRefused() {
        assertThatThrownBy(() -> Fault.raise("00000")).hasMessageContaining("'00000' is no SQLSTATE of an error");
        assertThatThrownBy(() -> twice(beforeInsertOn("fault"), INSERT).fault("zoe", Fault.rollBack()).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"zoe\"");
    }
}
