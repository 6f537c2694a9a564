package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.example.races.Loser;
import com.example.races.RaceTest;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.SqlError;
import dev.raceharness.Verdict;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Five ways to create an organization once, each forced in every order: all of them are right, and each shows another
 * figure.
 *
 * <p>Anomaly: check-then-act. The gate stands on the INSERT of the organization, after the check, because all ways have
 * it in common. Whatever the way, the database must show 1 row, and both callers get the same identifier. How often it
 * was tried and what the server refused tells the ways apart.
 *
 * <p>In the wild: each of the five is the accepted answer to the same question somewhere. They differ in what they
 * cost and in what they demand of others: a lock helps only if everybody takes it, SERIALIZABLE only if everybody
 * tries again.
 */
@RaceTest
class FirstLogin13FixMatrixTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final OrganizationTable organizations;

    FirstLogin13FixMatrixTests(@Autowired DataSource application) {
        this.organizations = new OrganizationTable(application);
    }

    /** Broken: a constraint, but nobody who expects it to speak. The data is right, and one caller gets an error. */
    @Test
    void aConstraintAloneFailsTheLoser(Race race) {
        var outcome = both(race, Schedule.together(), name -> organizations.find(name)
                .orElseGet(() -> organizations.insert(name)));

        assertThat(outcome).on("organization").attempted(2).uniqueViolations(1).rows(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23505");
    }

    /** What each way shows in every order: whether it was held, INSERTs attempted, unique violations. */
    static Stream<Arguments> matrix() {
        return Stream.of(
                        arguments(Fix.LOOK_AGAIN_IN_A_NEW_TRANSACTION, Verdict.FORCED, 2, 1),
                        arguments(Fix.SAVEPOINT, Verdict.FORCED, 2, 1),
                        arguments(Fix.ON_CONFLICT_AND_READ, Verdict.FORCED, 2, 0),
                        arguments(Fix.LOCK_ON_THE_NAME_BEFORE_THE_CHECK, Verdict.SERIALISED, 1, 0))
                .flatMap(fix -> orders().map(order -> arguments(
                        fix.get()[0], order, fix.get()[1], fix.get()[2], fix.get()[3])));
    }

    static Stream<Schedule> orders() {
        return Stream.of(Schedule.together(), Schedule.inOrder("ada", "ben"), Schedule.inOrder("ben", "ada"));
    }

    /** Fixed: one of them inserts it, and both have it. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("matrix")
    void leavesOneOrganization(Fix fix, Schedule order, Verdict verdict, int attempted, int violations, Race race) {
        var outcome = both(race.acceptSerialised(), order, name -> fix.organizationOf(name, organizations));

        assertThat(outcome).hasVerdict(verdict);
        assertThat(outcome).on("organization").attempted(attempted).uniqueViolations(violations).rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    /** Fixed; but how often somebody is refused, and by which of two errors, is up to the plan of the check. */
    @ParameterizedTest(name = "SERIALIZABLE_AND_TRY_AGAIN, {0}")
    @MethodSource("orders")
    void leavesOneOrganizationAndRefusesAtLeastOnce(Schedule order, Race race) {
        var outcome = both(
                race, order, name -> Fix.SERIALIZABLE_AND_TRY_AGAIN.organizationOf(name, organizations));

        assertThat(outcome).on("organization").rows(1);
        assertThat(outcome.evidence().errors().orElseThrow())
                .extracting(SqlError::sqlState)
                .isNotEmpty()
                .isSubsetOf("40001", "23505");
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    private Outcome both(Race race, Schedule order, Function<String, UUID> organizationOf) {
        return race.holdAt(beforeInsertOn("organization"))
                .racer("ada", () -> organizationOf.apply(company))
                .racer("ben", () -> organizationOf.apply(company))
                .release(order)
                .run();
    }
}
