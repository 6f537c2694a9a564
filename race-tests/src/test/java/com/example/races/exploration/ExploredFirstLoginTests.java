package com.example.races.exploration;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterWriteOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
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
 * <p>Anomaly: whatever no order of logins, one after the other, leads to. The harness watches the logins one after the
 * other, puts gates before and after each write and before each commit on every table that both of them use, and forces
 * every order of the steps between them. The database must show what one login after the other leaves, also when a
 * session dies after any write.
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
        return run -> logins.login(new Newcomer(name + "-" + run.token(), name, "Company " + run.token()));
    }

    private Race twoColleagues(Race race) {
        return race.racer("ada", login("ada")).racer("ben", login("ben"));
    }

    /** Each tab gets the same answer; a colleague was there before, so that only the person is new. */
    private Race twoTabs(Race race) {
        return race.before(login("founder")).racer("tab1", login("ada")).racer("tab2", login("ada"));
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

    /** Fixed: each login may also lose its session after each of its writes; nothing half-made remains. */
    @Test
    void twoColleaguesOneOfWhomLosesTheSession(Race race) {
        heldAfterWrites(twoColleagues(race))
                .withFault(Fault.terminateBackend())
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

    @Test
    void onePersonInTwoTabs(Race race) {
        twoTabs(race).explore().assertSerializable();
    }

    @Test
    void onePersonInTwoTabsOneOfWhichLosesItsSession(Race race) {
        twoTabs(race)
                .holdAt(afterWriteOn("app_user"), afterWriteOn("membership"))
                .withFault(Fault.terminateBackend())
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

    @WithEveryFault
    void onePersonInTwoTabsToOneOfWhichAnythingHappens(Fault fault, Race race) {
        twoTabs(race).withFault(fault).explore().assertSerializable();
    }
}
