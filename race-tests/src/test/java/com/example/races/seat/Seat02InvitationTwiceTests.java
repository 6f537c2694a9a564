package com.example.races.seat;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.Loser;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * One invitation is accepted twice at the same moment: by two people to whom the link was forwarded, or by one person
 * in two tabs.
 *
 * <p>Anomaly: check-then-act ("is it still good?"), and with one row for both a lost update: the second acceptance
 * overwrites the first. The gate stands on the UPDATE of the invitation, after the check. The database must show one
 * membership more.
 *
 * <p>In the wild: one-time links that open two accounts, coupons redeemed twice, password resets that work twice.
 */
@RaceTest
class Seat02InvitationTwiceTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Guests guests;
    private final Logins logins;
    private final Transactions application;
    private final Newcomer ada = Newcomer.of(newCompany(), "Ada");
    private final Newcomer ben = Newcomer.of(newCompany(), "Ben");
    private UUID organization;
    private String token;

    Seat02InvitationTwiceTests(@Autowired Transactions application, @Autowired Logins logins) {
        this.application = application;
        this.logins = logins;
        this.guests = Guests.ofNewCompany(logins);
    }

    @BeforeEach
    void oneInvitation() {
        organization = guests.host(5).organization().id();
        token = guests.invite();
        logins.login(ada);
        logins.login(ben);
    }

    /** Broken: both find it good, and the link that works once lets two people in. */
    @Test
    void whoLooksAndThenTakesItLetsTwoPeopleIn(Race race) {
        var outcome = twice(race, ada, ben, this::lookAndThenAccept);

        assertThat(outcome).on("invitation").attempted(2).on("membership").rows(2);
        assertThat(outcome).everyRacerSucceeded();
    }

    /** Broken: the key of the membership keeps one person from being in twice, and one tab gets an error for it. */
    @Test
    void whoLooksAndThenTakesItFailsOneTab(Race race) {
        var outcome = twice(race, ada, ada, this::lookAndThenAccept);

        assertThat(outcome).on("membership").uniqueViolationsOf("membership_pkey", 1).rows(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23505");
    }

    /** Fixed: the look is part of the UPDATE, so whoever comes second sees that it is used. */
    @Test
    void oneOfTwoPeopleGetsIn(Race race) {
        var outcome = twice(race, ada, ben, guest -> guests.accept(guest, token).toString());

        assertThat(outcome).on("invitation").attempted(2).on("membership").attempted(1).rows(1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("200", "410 invitation-used");
    }

    /** Fixed: the second tab finds that the invitation is used by the same person, and gets the same answer. */
    @Test
    void onePersonInTwoTabsIsInOnce(Race race) {
        var outcome = twice(race, ada, ada, guest -> guests.accept(guest, token).toString());

        assertThat(outcome).on("invitation").attempted(2).on("membership").attempted(1).uniqueViolations(0).rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(outcome.racer("first").value()).isEqualTo("200");
    }

    private Outcome twice(Race race, Newcomer first, Newcomer second, Function<Newcomer, ?> accept) {
        return race.holdAt(beforeUpdateOn("invitation"))
                .watch("membership")
                .racer("first", () -> accept.apply(first))
                .racer("second", () -> accept.apply(second))
                .run();
    }

    private boolean lookAndThenAccept(Newcomer guest) {
        return new NaiveAcceptance(application, organization).by(logins.login(guest).user().id());
    }
}
