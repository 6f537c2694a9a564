package com.example.races.seat;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterWriteOn;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeWriteOn;
import static org.assertj.core.api.Assertions.assertThat;

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
 * <p>Anomaly: whatever no order of acceptances, one after the other, leads to. The gates stand around the count of seats and
 * at the commit, and behind the membership: with those that the harness finds, on the invitations, too, of which each guest
 * has one alone, there are thousands of interleavings. The database must show what one acceptance after the other leaves,
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

    /** Broken: in some of them both count before either has a seat. */
    @Test
    void whoCountsAndThenInsertsGivesItTwice(Race race) {
        var adasId = logins.login(ada).user().id();
        var bensId = logins.login(ben).user().id();

        var witness = race.racer("ada", () -> WayToASeat.COUNT.take(application, organization, adasId))
                .racer("ben", () -> WayToASeat.COUNT.take(application, organization, bensId))
                .explore()
                .assertAnomaly();

        assertThat(witness.outcome().rows()).containsEntry("membership", 2L);
    }

    /** Fixed: one gets in, the other is told, and the invitation that was of no use is still good. */
    @Test
    void oneOfThemGetsIn(Race race) {
        acceptances(race).holdAt(GATES).explore().assertSerializable();
    }

    /** Fixed: nothing half-done stays of whoever loses the session after a write. */
    @Test
    void oneOfThemLosesTheSession(Race race) {
        acceptances(race)
                .holdAt(afterWriteOn("organization"), afterWriteOn("membership"))
                .withFault(Fault.terminateBackend())
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
                .racer("ben", () -> guests.accept(ben, bensToken).toString());
    }
}
