package com.example.races.seat;

import static com.example.races.Endings.endingsOf;
import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterWriteOn;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeWriteOn;

import com.example.races.Endings;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import com.example.races.exploration.WithEveryFault;
import dev.raceharness.Fault;
import dev.raceharness.Gate;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two guests, two invitations and one seat, in every interleaving.
 *
 * <p>Anomaly: check-then-act, wherever it may be: whatever no order of acceptances, one after the other, leads to. The gates
 * stand around the count of seats and at the commit, and behind the membership, because there the two guests meet: with
 * those that the harness finds, on the invitations, too, of which each guest has one alone, there are thousands of
 * interleavings. The database must show what one acceptance after the other leaves,
 * also when a session dies: no seat is taken by nobody, and no invitation is used up by somebody who is not in.
 *
 * <p>In the wild: seats that stay taken after an error, until support recounts them.
 */
@RaceTest
class Seat03EveryInterleavingTests {

    private static final Gate[] GATES = {
        beforeWriteOn("organization"),
        afterWriteOn("organization"),
        afterWriteOn("membership"),
        beforeCommitAfter("organization")
    };

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
    private String adasToken;
    private String bensToken;

    @BeforeEach
    void oneSeatAndTwoInvitations() {
        guests = Guests.ofNewCompany(logins);
        organization = guests.host(1).organization().id();
        adasToken = guests.invite();
        bensToken = guests.invite();
        logins.login(ada);
        logins.login(ben);
    }

    /** Broken: both have counted when they come to the first gate, and each interleaving ends with two guests on one seat. */
    @Test
    void whoCountsAndThenInsertsGivesItTwice(Race race) {
        var adasId = logins.login(ada).user().id();
        var bensId = logins.login(ben).user().id();

        var exploration = race.racer("ada", () -> WayToASeat.COUNT.take(application, organization, adasId))
                .racer("ben", () -> WayToASeat.COUNT.take(application, organization, bensId))
                .observe(run -> guests.seats())
                .explore();

        exploration.assertAnomaly();
        endingsOf(exploration).areExactly("ada true; ben true; 0 of 1 taken, 2 in, 0 used");
    }

    /** Fixed: one gets in, the other is told, and the invitation that was of no use is still good. */
    @Test
    void oneOfThemGetsIn(Race race) {
        var exploration = acceptances(race).holdAt(GATES).explore().assertSerializable();

        endingsOf(exploration)
                .areExactly(
                        "ada 200; ben 409 no-seat-left; 1 of 1 taken, 1 in, 1 used",
                        "ada 409 no-seat-left; ben 200; 1 of 1 taken, 1 in, 1 used");
    }

    /** Fixed: nothing half-done stays of whoever loses the session after a write. */
    @Test
    void oneOfThemLosesTheSession(Race race) {
        acceptances(race)
                .holdAt(afterWriteOn("organization"), afterWriteOn("membership"))
                .withFault(Fault.terminateBackend())
                .forbid("an answer of 500", Endings::haveA500)
                .explore()
                .assertSerializable();
    }

    /** Fixed: nor of anybody else to whom anything happens anywhere. */
    @WithEveryFault
    void anythingHappensToOneOfThem(Fault fault, Race race) {
        acceptances(race).holdAt(GATES).withFault(fault).explore().assertSerializable();
    }

    private Race acceptances(Race race) {
        return race.racer("ada", () -> guests.accept(ada, adasToken).toString())
                .racer("ben", () -> guests.accept(ben, bensToken).toString())
                .observe(run -> guests.seats());
    }
}
