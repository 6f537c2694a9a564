package com.example.races.seat;

import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.login.Me;
import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/**
 * An administrator takes the last seat out of an organization while a guest accepts an invitation into it.
 *
 * <p>Anomaly: check-then-act. The guest's statement compares with the seats that there are; the administrator's changes
 * them, and knows nothing of the guest. The gate stands on the UPDATE of the organization, the row that both write. The
 * database must never show more seats taken than there are.
 *
 * <p>In the wild: a subscription that was reduced while people were still joining, and an invoice nobody can explain.
 */
@RaceTest
class Seat04FewerSeatsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    private final String company = Logins.newCompany();
    private final Newcomer owner = Newcomer.of(company, "Owner");
    private final Newcomer guest = Newcomer.of(Logins.newCompany(), "Guest");
    private Guests guests;
    private Me host;
    private String invitation;

    @BeforeEach
    void oneSeatAndOneInvitation() {
        guests = new Guests(logins, owner);
        host = guests.host(1);
        invitation = guests.invite();
        logins.login(guest);
    }

    /** Broken: without a check in the table nobody looks at who sits there, and one guest sits on no seat. */
    @Test
    void withoutACheckAGuestSitsOnNoSeat(Race race) {
        try (var gone = WithoutConstraints.named("organization_seats_suffice")) {
            race(race, "guest", "administrator");

            assertThat(seats()).isEqualTo("1 of 0");
        }
    }

    /** Fixed: the guest came first, and the administrator is told that the seat is taken. */
    @Test
    void aSeatThatIsTakenStays(Race race) {
        var outcome = race(race, "guest", "administrator");

        assertThat(outcome).on("organization").attempted(2);
        assertThat(outcome.racer("guest").value()).isEqualTo("200");
        assertThat(outcome.racer("administrator").value()).isEqualTo("409 seats-taken");
        assertThat(seats()).isEqualTo("1 of 1");
    }

    /** Fixed: the administrator came first, and the guest is told that there is no seat. */
    @Test
    void aSeatThatIsGoneIsNotTaken(Race race) {
        var outcome = race(race, "administrator", "guest");

        assertThat(outcome).on("organization").attempted(2);
        assertThat(outcome.racer("administrator").value()).isEqualTo("200");
        assertThat(outcome.racer("guest").value()).isEqualTo("409 no-seat-left");
        assertThat(seats()).isEqualTo("0 of 0");
    }

    private Outcome race(Race race, String first, String second) {
        return race.holdAt(beforeUpdateOn("organization"))
                .racer("guest", () -> guests.accept(guest, invitation).toString())
                .racer("administrator", () -> noSeats().toString())
                .release(Schedule.inOrder(first, second))
                .run();
    }

    private Answer noSeats() {
        return Answer.to(
                logins.asDirectory(),
                HttpMethod.PUT,
                Map.of(
                        "company", company,
                        "seats", 0,
                        "owner", Map.of("issuer", "https://issuer.example", "subject", "somebody")),
                "/api/provisioning/organizations");
    }

    private String seats() {
        return sql().sql("select seats_taken || ' of ' || seats from organization where id = ?")
                .param(host.organization().id())
                .query(String.class)
                .single();
    }
}
