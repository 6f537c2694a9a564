package com.example.races.seat;

import static com.example.races.Endings.endingsOf;
import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterWriteOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Endings;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import com.example.races.exploration.WithEveryFault;
import dev.raceharness.Fault;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * One invitation is accepted twice, by two people or in two tabs, in every interleaving.
 *
 * <p>Anomaly: check-then-act, wherever it may be: whatever no order of acceptances, one after the other, leads to, such as
 * two memberships, an error for one tab, or an invitation that is used and has let nobody in. The gates stand before and
 * after each write and before the commit of every table that both write, because nowhere else can they meet: the harness
 * finds them. The database must show what one acceptance after the other leaves, also when a session dies.
 *
 * <p>In the wild: "this link was used already", says the page to the one person who has ever clicked on it.
 */
@RaceTest
class Seat05InvitationInEveryInterleavingTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Transactions application;

    private final Newcomer ada = Newcomer.of(newCompany(), "Ada");
    private final Newcomer ben = Newcomer.of(newCompany(), "Ben");
    private Guests guests;
    private UUID organization;
    private String token;

    @BeforeEach
    void oneInvitation() {
        guests = Guests.ofNewCompany(logins);
        organization = guests.host(5).organization().id();
        token = guests.invite();
        logins.login(ada);
        logins.login(ben);
    }

    /** Broken: it is good when both look. */
    @Test
    void whoLooksAndThenTakesItLetsTwoPeopleIn(Race race) {
        var adasId = logins.login(ada).user().id();
        var bensId = logins.login(ben).user().id();

        var naive = new NaiveAcceptance(application, organization);

        var witness = race.racer("ada", () -> naive.by(adasId))
                .racer("ben", () -> naive.by(bensId))
                .explore()
                .assertAnomaly();

        assertThat(witness.outcome().rows()).containsEntry("membership", 2L);
    }

    /** Fixed: one gets in, the other is told that it is used. */
    @Test
    void oneOfTwoPeopleGetsIn(Race race) {
        var exploration = acceptedBy(ada, ben, race).explore().assertSerializable();

        endingsOf(exploration)
                .areExactly(
                        "first 200; second 410 invitation-used; 1 of 5 taken, 1 in, 1 used",
                        "first 410 invitation-used; second 200; 1 of 5 taken, 1 in, 1 used");
    }

    /** Fixed: both tabs get the same answer. */
    @Test
    void onePersonInTwoTabsIsInOnce(Race race) {
        var exploration = acceptedBy(ada, ada, race).explore().assertSerializable();

        endingsOf(exploration).areExactly("first 200; second 200; 1 of 5 taken, 1 in, 1 used");
    }

    /** Fixed: whoever loses the session has not used it up. */
    @Test
    void oneOfTwoPeopleLosesTheSession(Race race) {
        acceptedBy(ada, ben, race)
                .holdAt(afterWriteOn("invitation"), afterWriteOn("membership"))
                .withFault(Fault.terminateBackend())
                .forbid("an answer of 500", Endings::haveA500)
                .explore()
                .assertSerializable();
    }

    /** Fixed: nor has anybody else to whom anything happens anywhere. */
    @WithEveryFault
    void anythingHappensToOneOfTwoPeople(Fault fault, Race race) {
        acceptedBy(ada, ben, race).withFault(fault).explore().assertSerializable();
    }

    /** Fixed: the same in two tabs. */
    @WithEveryFault
    void anythingHappensInOneOfTwoTabs(Fault fault, Race race) {
        acceptedBy(ada, ada, race).withFault(fault).explore().assertSerializable();
    }

    private Race acceptedBy(Newcomer first, Newcomer second, Race race) {
        return race.racer("first", () -> guests.accept(first, token).toString())
                .racer("second", () -> guests.accept(second, token).toString())
                .observe(run -> guests.seats());
    }
}
