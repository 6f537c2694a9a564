package com.example.races.exploration;

import static com.example.races.Endings.endingsOf;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterWriteOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Endings;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceDatabase;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Fault;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.junit.RaceExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * First logins in every interleaving, with nothing told but who logs in.
 *
 * <p>Anomaly: check-then-act, wherever it may be: whatever no order of logins, one after the other, leads to. The harness
 * watches the logins one after the other, and forces every order of the steps between gates. The gates stand before and after
 * each write and before each commit on every table that both of them use, because nowhere else can they meet. The database
 * must show what one login after the other leaves, also when a session dies after any write.
 *
 * <p>In the wild: fixes of one table that move the duplicates to the next one.
 */
@RaceTest
class ExploredFirstLoginTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    private Run.Action login(String name) {
        return run -> {
            var me = logins.login(new Newcomer(name + "-" + run.token(), name, company(run)));
            return me.user().name() + ", " + me.role() + " of " + me.organization().name();
        };
    }

    private static String company(Run run) {
        return "Company " + run.token();
    }

    /** What is there of the company, and of its people. */
    private Object provisioned(Run run) {
        return RaceDatabase.sql()
                .sql("""
                        select count(distinct o.id) || ' organization, ' || count(distinct w.id) || ' workspace, '
                                || count(distinct u.id) || ' users, ' || count(distinct m.user_id) || ' members, '
                                || count(distinct m.user_id) filter (where m.role = 'OWNER') || ' owner'
                          from organization o
                          left join workspace w on w.organization_id = o.id
                          left join membership m on m.organization_id = o.id
                          left join app_user u on u.subject like '%-' || ?
                         where o.name = ?
                        """)
                .params(run.token(), company(run))
                .query(String.class)
                .single();
    }

    private Race twoColleagues(Race race) {
        return race.racer("ada", login("ada")).racer("ben", login("ben"));
    }

    /** Each tab gets the same answer; a colleague was there before, so that only the person is new. */
    private Race twoTabs(Race race) {
        return race.before(login("founder"))
                .racer("tab1", login("ada"))
                .racer("tab2", login("ada"))
                .observe(this::provisioned);
    }

    /** Broken: nothing in the database says that an organization exists once. */
    @Test
    void withoutConstraintsTwoColleaguesGetTwoOrganizations(Race race) {
        try (var gone = WithoutConstraints.named(
                "organization_pkey",
                "organization_key_unique",
                "workspace_pkey",
                "workspace_one_default",
                "membership_one_founder")) {
            var witness = twoColleagues(race).atMost(3).explore().assertAnomaly();

            assertThat(witness.outcome().rows()).containsEntry("organization", 2L);
        }
    }

    /** Fixed: whatever the interleaving, it ends as one of the two logins after the other does. */
    @Test
    void twoColleaguesOfANewCompany(Race race) {
        twoColleagues(race).explore().assertSerializable();
    }

    /**
     * Fixed: and what one login after the other ends in is right, which no comparison with it would tell. That every
     * interleaving ends so, too, is what the test before this one shows.
     */
    @Test
    void oneAfterTheOtherTheyMeetInOneOrganizationThatOneOfThemOwns(Race race) {
        var oneAfterTheOther = twoColleagues(race).observe(this::provisioned).atMost(1).explore().serialOutcomes();

        var provisioned = "1 organization, 1 workspace, 2 users, 2 members, 1 owner";
        assertThat(oneAfterTheOther)
                .extracting(Endings::ending)
                .containsExactlyInAnyOrder(
                        "ada ada, OWNER of Company <run>; ben ben, MEMBER of Company <run>; " + provisioned,
                        "ada ada, MEMBER of Company <run>; ben ben, OWNER of Company <run>; " + provisioned);
    }

    /** Fixed: each login may also lose its session after each of its writes; nothing half-made remains. */
    @Test
    void twoColleaguesOneOfWhomLosesTheSession(Race race) {
        heldAfterWrites(twoColleagues(race))
                .withFault(Fault.terminateBackend())
                .forbid("an answer of 500", Endings::haveA500)
                .explore()
                .assertSerializable();
    }

    private static Race heldAfterWrites(Race race) {
        return race.holdAt(
                afterWriteOn("organization"),
                afterWriteOn("workspace"),
                afterWriteOn("app_user"),
                afterWriteOn("membership"));
    }

    /** Broken: nothing in the database says that a person is one user. */
    @Test
    void withoutConstraintsOnePersonInTwoTabsBecomesTwoUsers(Race race) {
        try (var gone = WithoutConstraints.named("app_user_pkey", "app_user_issuer_subject_unique", "membership_pkey")) {
            var witness = twoTabs(race).atMost(3).explore().assertAnomaly();

            assertThat(witness.outcome().rows()).containsEntry("app_user", 2L);
        }
    }

    /** Fixed: whatever the interleaving, it is one user, and both tabs are signed in. */
    @Test
    void onePersonInTwoTabs(Race race) {
        var exploration = twoTabs(race).explore().assertSerializable();

        endingsOf(exploration)
                .areExactly("tab1 ada, MEMBER of Company <run>; tab2 ada, MEMBER of Company <run>; "
                        + "1 organization, 1 workspace, 2 users, 2 members, 1 owner");
    }

    /** Fixed: also when one tab loses its session after a write; the other one is signed in. */
    @Test
    void onePersonInTwoTabsOneOfWhichLosesItsSession(Race race) {
        twoTabs(race)
                .holdAt(afterWriteOn("app_user"), afterWriteOn("membership"))
                .withFault(Fault.terminateBackend())
                .forbid("an answer of 500", Endings::haveA500)
                .explore()
                .assertSerializable();
    }

    /**
     * Fixed: the same for each kind of fault, at each gate. After a 40001 a login tries again, and passes all of its gates
     * twice: that had not ended after eight minutes, so that one is explored at the gates after writes.
     */
    @WithEveryFault
    void twoColleaguesToOneOfWhomAnythingHappens(Fault fault, Race race) {
        var colleagues = twoColleagues(race);
        var gated = fault.equals(Fault.raise("40001")) ? heldAfterWrites(colleagues) : colleagues;
        gated.withFault(fault).explore().assertSerializable();
    }

    /** Fixed: the same for each kind of fault, at each gate. */
    @WithEveryFault
    void onePersonInTwoTabsToOneOfWhichAnythingHappens(Fault fault, Race race) {
        twoTabs(race).withFault(fault).explore().assertSerializable();
    }
}
