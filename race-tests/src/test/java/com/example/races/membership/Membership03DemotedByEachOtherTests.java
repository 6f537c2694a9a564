package com.example.races.membership;

import static com.example.races.Endings.endingsOf;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterUpdateOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.login.Me;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.Owners;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.junit.RaceExtension;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two of three owners take the role from each other at the same moment.
 *
 * <p>Anomaly: write skew (G2-item). Each is found to be an owner, and then writes the row of the other: no row is written
 * twice, and the third owner satisfies every count. One after the other, whoever comes second is no owner any more, and may
 * not. The gate stands on the UPDATE of the membership, after the look at the role. The database must show one owner less,
 * not two.
 *
 * <p>In the wild: permissions that a filter or an annotation checks before the transaction begins, in which they may be gone
 * by then.
 */
@RaceTest
class Membership03DemotedByEachOtherTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Transactions application;
    private final Logins logins;
    private final MemberCalls members;
    private volatile Me ada;
    private volatile Me ben;
    private Newcomer adaSignsIn;
    private Newcomer benSignsIn;

    Membership03DemotedByEachOtherTests(@Autowired Transactions application, @Autowired Logins logins) {
        this.application = application;
        this.logins = logins;
        this.members = new MemberCalls(logins);
    }

    @BeforeEach
    void threeOwners() {
        newOwners(true);
    }

    private Me newOwners(boolean three) {
        var company = Logins.newCompany();
        adaSignsIn = Newcomer.of(company, "Ada");
        benSignsIn = Newcomer.of(company, "Ben");
        ada = logins.login(adaSignsIn);
        ben = makeOwner(benSignsIn);
        return three ? makeOwner(Newcomer.of(company, "Carla")) : ben;
    }

    private Me makeOwner(Newcomer colleague) {
        var member = logins.login(colleague);
        members.changeRole(adaSignsIn, member, "OWNER").mustBe("204");
        return member;
    }

    /** Broken: both were owners when somebody looked. Each demotes the other, and one is left of three. */
    @Test
    void whoLooksBeforehandIsAnOwnerAllTheSame(Race race) {
        var outcome = eachOther(race, () -> isOwner(ada) && demote(ben), () -> isOwner(ben) && demote(ada));

        assertThat(outcome).on("membership").attempted(2);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsOnly(true);
        assertThat(owners()).isEqualTo(1);
    }

    /** Fixed: the row that both have in common is locked before anybody looks. */
    @Test
    void aLockOnTheOrganizationComesBeforeTheLook(Race race) {
        var outcome = eachOther(
                race.acceptSerialised(),
                () -> locked(() -> isOwner(ada) && demote(ben)),
                () -> locked(() -> isOwner(ben) && demote(ada)));

        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(true, false);
        assertThat(owners()).isEqualTo(2);
    }

    /** Fixed, as the application does it: it counts in the organization's row, and then looks at the role once more. */
    @Test
    void whoIsNoOwnerAnyMoreDemotesNobody(Race race) {
        var outcome = eachOther(
                race, () -> members.changeRole(adaSignsIn, ben, "MEMBER"), () -> members.changeRole(benSignsIn, ada, "MEMBER"));

        assertThat(owners()).as("owners that are left").isEqualTo(2);
        assertThat(outcome).on("membership").attempted(2);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value().toString())
                .containsExactlyInAnyOrder("204", "403 forbidden");
    }

    /** Fixed: to remove the other is the same race by another door. In every interleaving one of them stays an owner. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void removingTheOtherInEveryInterleaving(boolean thereIsAThird, Race race) {
        var exploration = race.before(run -> newOwners(thereIsAThird))
                .racer("ada", (Run run) -> members.changeRole(adaSignsIn, ben, "MEMBER").toString())
                .racer("ben", (Run run) -> members.remove(benSignsIn, ada).toString())
                .observe(run -> owners() + " owners")
                .holdAt(beforeUpdateOn("membership"), afterUpdateOn("organization"))
                .explore()
                .assertSerializable();

        var left = thereIsAThird ? "2 owners" : "1 owners";
        endingsOf(exploration)
                .areExactly("ada 204; ben 403 forbidden; " + left, "ada 404 not-found; ben 204; " + left);
    }

    private Outcome eachOther(Race race, Callable<?> adaDemotes, Callable<?> benDemotes) {
        return race.holdAt(beforeUpdateOn("membership"))
                .racer("ada", adaDemotes)
                .racer("ben", benDemotes)
                .run();
    }

    private boolean isOwner(Me person) {
        return application.sql("select role = 'OWNER' from membership where organization_id = ? and user_id = ?")
                .params(person.organization().id(), person.user().id())
                .query(Boolean.class)
                .single();
    }

    private boolean demote(Me person) {
        return application.in(() -> application
                                .sql("update membership set role = 'MEMBER' where organization_id = ? and user_id = ?")
                                .params(person.organization().id(), person.user().id())
                                .update()
                        == 1
                && application.sql("update organization set owners = owners - 1 where id = ? and owners > 1")
                                .param(person.organization().id())
                                .update()
                        == 1);
    }

    private boolean locked(Supplier<Boolean> work) {
        return application.in(() -> {
            application.sql("select id from organization where id = ? for update")
                    .param(ada.organization().id())
                    .query()
                    .singleRow();
            return work.get();
        });
    }

    private long owners() {
        return Owners.of(ada.organization().id());
    }
}
