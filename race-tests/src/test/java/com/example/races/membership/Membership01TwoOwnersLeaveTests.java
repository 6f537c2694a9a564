package com.example.races.membership;

import static com.example.races.Endings.endingsOf;
import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.afterUpdateOn;
import static dev.raceharness.Gate.beforeDeleteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_READ_COMMITTED;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_REPEATABLE_READ;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_SERIALIZABLE;

import com.example.provisioning.login.Me;
import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * An organization has two owners, and both leave at the same moment.
 *
 * <p>Anomaly: write skew (G2-item). Each counts two owners and deletes a row of its own: no row is written twice, so no
 * lock on a row and no constraint on one sees a conflict. The gate stands on the DELETE of the membership, after the
 * count. The database must show one membership less, not two, and one owner left.
 *
 * <p>In the wild: teams and projects that nobody can administer any more, to be mended by the vendor's support only.
 */
@RaceTest
class Membership01TwoOwnersLeaveTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final Newcomer ada = Newcomer.of(company, "Ada");
    private final Newcomer ben = Newcomer.of(company, "Ben");
    private final Transactions application;
    private final Logins logins;
    private final MemberCalls members;

    Membership01TwoOwnersLeaveTests(@Autowired Transactions application, @Autowired Logins logins) {
        this.application = application;
        this.logins = logins;
        this.members = new MemberCalls(logins);
    }

    @BeforeEach
    void twoOwners() {
        makeOwner(ada, ben);
    }

    /** Broken: both find another owner, and neither stays. A snapshot that stays the same only makes them surer. */
    @ParameterizedTest
    @ValueSource(ints = {ISOLATION_READ_COMMITTED, ISOLATION_REPEATABLE_READ})
    void whoCountsAndThenLeavesLeavesNobody(int isolation, Race race) {
        var outcome = bothLeave(race, person -> application.in(isolation, () -> leaveUnlessLast(person)));

        assertThat(outcome).on("membership").rows(-2);
        assertThat(outcome).everyRacerReturnedTheSame(); // "you have left", says the code to both
        assertThat(owners()).isZero();
    }

    /** Fixed: the one row that both have in common is locked before anybody counts. */
    @Test
    void aLockOnTheOrganizationLinesThemUp(Race race) {
        var outcome = bothLeave(race.acceptSerialised(), person -> application.in(() -> {
            application.sql("select id from organization where id = ? for update")
                    .param(me(person).organization().id())
                    .query()
                    .singleRow();
            return leaveUnlessLast(person);
        }));

        oneIsLeft(outcome);
    }

    /** Fixed: no serial order explains what both have read, and who is refused counts again. */
    @Test
    void serializableRefusesOneWhoThenCountsAgain(Race race) {
        var outcome = bothLeave(
                race, person -> application.untilItSucceeds(ISOLATION_SERIALIZABLE, () -> leaveUnlessLast(person)));

        oneIsLeft(outcome);
    }

    /** Fixed, as the application does it: nobody counts. The count is a column, and the second to change it is told. */
    @Test
    void theApplicationLetsOneLeave(Race race) {
        var outcome = bothLeave(race.watch("audit_entry"), members::leave);

        assertThat(outcome).on("membership").attempted(2).rows(-1).on("audit_entry").rows(1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value().toString())
                .containsExactlyInAnyOrder("204", "409 last-owner");
        assertThat(owners()).isEqualTo(1);
    }

    /** Fixed, in every interleaving of what both write first, with no expectation but "as one after the other". */
    @Test
    void inEveryInterleavingOneIsLeft(Race race) {
        var exploration = race.holdAt(beforeDeleteOn("membership"), afterUpdateOn("organization"))
                .before(run -> makeOwner(of(run.token(), "Ada"), of(run.token(), "Ben")))
                .racer("ada", run -> members.leave(of(run.token(), "Ada")).toString())
                .racer("ben", run -> members.leave(of(run.token(), "Ben")).toString())
                .observe(run -> owners("Company " + run.token()))
                .explore()
                .assertSerializable();

        endingsOf(exploration).areExactly("ada 204; ben 409 last-owner; 1", "ada 409 last-owner; ben 204; 1");
    }

    private Outcome bothLeave(Race race, Function<Newcomer, ?> leave) {
        return race.holdAt(beforeDeleteOn("membership"))
                .racer("ada", () -> leave.apply(ada))
                .racer("ben", () -> leave.apply(ben))
                .run();
    }

    private void oneIsLeft(Outcome outcome) {
        assertThat(outcome).on("membership").rows(-1);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(true, false);
        assertThat(owners()).isEqualTo(1);
    }

    private boolean leaveUnlessLast(Newcomer person) {
        var me = me(person);
        var owners = application.sql("select count(*) from membership where organization_id = ? and role = 'OWNER'")
                .param(me.organization().id())
                .query(Long.class)
                .single();
        return owners > 1
                && application.sql("delete from membership where organization_id = ? and user_id = ?")
                                .params(me.organization().id(), me.user().id())
                                .update()
                        == 1;
    }

    private Answer makeOwner(Newcomer founder, Newcomer colleague) {
        logins.login(founder);
        return members.changeRole(founder, me(colleague), "OWNER").mustBe("204");
    }

    private static Newcomer of(String token, String name) {
        return new Newcomer(name + token, name, "Company " + token);
    }

    private Me me(Newcomer person) {
        return logins.login(person);
    }

    private long owners() {
        return owners(company);
    }

    private static long owners(String company) {
        return sql().sql("""
                        select count(*) from membership m join organization o on o.id = m.organization_id
                         where o.name = ? and m.role = 'OWNER'
                        """)
                .param(company)
                .query(Long.class)
                .single();
    }
}
