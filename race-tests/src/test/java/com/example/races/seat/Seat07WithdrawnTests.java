package com.example.races.seat;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The owner withdraws an invitation while a guest accepts it.
 *
 * <p>Anomaly: check-then-act on both sides: "has nobody accepted it?" and "is it still good?". The gate stands on the first
 * write to the invitation, after both have looked. The database must show a guest and an invitation that is accepted, or
 * neither of them; and of the two callers one is told, whoever comes first.
 *
 * <p>In the wild: an invitation sent to the wrong address, taken back at once, and somebody is in all the same; "withdrawn",
 * says the page to the owner.
 */
@RaceTest
class Seat07WithdrawnTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Guests guests;
    private final Logins logins;
    private final Transactions application;
    private final Newcomer ada = Newcomer.of(newCompany(), "Ada");
    private UUID organization;
    private UUID invitation;
    private String token;

    Seat07WithdrawnTests(@Autowired Transactions application, @Autowired Logins logins) {
        this.application = application;
        this.logins = logins;
        this.guests = Guests.ofNewCompany(logins);
    }

    @BeforeEach
    void oneInvitation() {
        organization = guests.host(5).organization().id();
        var invited = guests.invitation();
        invitation = invited.id();
        token = invited.at("/token");
        logins.login(ada);
    }

    /** Broken: it was good, and accepted by nobody, when both looked. It is withdrawn, and she is in. */
    @ParameterizedTest
    @CsvSource({"owner, ada", "ada, owner"})
    void whoLooksFirstLetsInWhomTheyHaveTurnedAway(String first, String second, Race race) {
        var outcome = race(race, Schedule.inOrder(first, second), this::lookAndThenWithdraw, this::lookAndThenAccept);

        assertThat(outcome).on("invitation").attempted(2).rows(-1).on("membership").rows(1);
        assertThat(outcome).everyRacerReturnedTheSame(); // "done", says the code to both
    }

    /** Fixed: the owner comes first, and the guest is told that there is no such invitation. */
    @Test
    void whatIsWithdrawnIsNotAccepted(Race race) {
        var outcome = race(race, Schedule.inOrder("owner", "ada"), this::withdraw, this::accept);

        assertThat(outcome).on("invitation").attempted(2).rows(-1).on("membership").attempted(0).rows(0);
        assertThat(outcome.racer("owner").value()).isEqualTo("204");
        assertThat(outcome.racer("ada").value()).isEqualTo("404 not-found");
        assertThat(guests.seatsTaken()).isZero();
    }

    /** Fixed: the guest comes first, and the owner is told that there is nothing left to withdraw. */
    @Test
    void whatIsAcceptedIsNotWithdrawn(Race race) {
        var outcome = race(race, Schedule.inOrder("ada", "owner"), this::withdraw, this::accept);

        assertThat(outcome).on("invitation").attempted(2).rows(0).on("membership").attempted(1).rows(1);
        assertThat(outcome.racer("owner").value()).isEqualTo("404 not-found");
        assertThat(outcome.racer("ada").value()).isEqualTo("200");
        assertThat(guests.seatsTaken()).isEqualTo(1);
    }

    private static Outcome race(Race race, Schedule order, Callable<?> withdraw, Callable<?> accept) {
        return race.holdAt(beforeWriteOn("invitation"))
                .watch("membership")
                .racer("owner", withdraw)
                .racer("ada", accept)
                .release(order)
                .run();
    }

    private String withdraw() {
        return guests.withdraw(invitation).toString();
    }

    private String accept() {
        return guests.accept(ada, token).toString();
    }

    private boolean lookAndThenWithdraw() {
        return application.in(() -> {
            var open = application.sql("select accepted_by is null from invitation where id = ?")
                    .param(invitation)
                    .query(Boolean.class)
                    .single();
            if (open) {
                application.sql("delete from invitation where id = ?").param(invitation).update();
            }
            return open;
        });
    }

    private boolean lookAndThenAccept() {
        return new NaiveAcceptance(application, organization).by(logins.login(ada).user().id());
    }
}
