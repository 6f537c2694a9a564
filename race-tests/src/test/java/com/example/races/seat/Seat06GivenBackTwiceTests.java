package com.example.races.seat;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Both seats are taken, and the owner removes one of the two guests while she leaves herself.
 *
 * <p>Anomaly: check-then-act ("has she a seat?"). Both find the membership, and both give its seat back. The gate stands on
 * the first write to the membership, after the look. The database must show one membership less and one seat that is free.
 *
 * <p>In the wild: plans in which people who work there are not counted, found at the yearly invoice; licences that come
 * back to the pool twice.
 */
@RaceTest
class Seat06GivenBackTwiceTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Guests guests;
    private final Logins logins;
    private final Transactions application;
    private final Newcomer ada = Newcomer.of(newCompany(), "Ada");
    private UUID organization;
    private UUID adaId;

    Seat06GivenBackTwiceTests(@Autowired Transactions application, @Autowired Logins logins) {
        this.application = application;
        this.logins = logins;
        this.guests = Guests.ofNewCompany(logins);
    }

    @BeforeEach
    void twoGuestsOnTwoSeats() {
        organization = guests.host(2).organization().id();
        adaId = logins.login(ada).user().id();
        List.of(ada, guest()).forEach(guest -> accept(guest).mustBe("200"));
    }

    /** Broken: both found her on a seat and give it back, whatever the DELETE said: three guests sit on two seats. */
    @Test
    void whoCountsDownWhateverTheDeleteSaidGivesItBackTwice(Race race) {
        var outcome = twice(race, this::lookAndRemove, this::lookAndRemove);

        assertThat(outcome).on("membership").attempted(2).rows(-1);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(guests.seatsTaken()).isZero();
        assertThat(List.of(accept(guest()), accept(guest()))).allSatisfy(answer -> assertThat(answer).hasToString("200"));
        assertThat(guestsOnSeats()).isEqualTo(3);
    }

    /** Fixed, as the application does it: what the DELETE really deleted is given back, and a row is deleted once. */
    @Test
    void whoseDeleteFindsHerGivesTheSeatBack(Race race) {
        var outcome = twice(race, () -> guests.remove(adaId).toString(), this::leave);

        assertThat(guests.seatsTaken()).as("seats that are counted").isEqualTo(1);
        assertThat(outcome).on("membership").attempted(2).rows(-1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("204", "404 not-found");
        assertThat(guestsOnSeats()).isEqualTo(1);
    }

    private static Outcome twice(Race race, Callable<?> remove, Callable<?> leave) {
        return race.holdAt(beforeWriteOn("membership"))
                .racer("owner", remove)
                .racer("ada", leave)
                .run();
    }

    private static Newcomer guest() {
        return Newcomer.of(newCompany(), "Guest");
    }

    private Answer accept(Newcomer guest) {
        return guests.accept(guest, guests.invite());
    }

    private String leave() {
        return guests.leave(ada, organization).toString();
    }

    private int lookAndRemove() {
        return application.in(() -> {
            int seats = application
                    .sql("select case when seat then 1 else 0 end from membership where organization_id = ? and user_id = ?")
                    .params(organization, adaId)
                    .query(Integer.class)
                    .single();
            application.sql("delete from membership where organization_id = ? and user_id = ?")
                    .params(organization, adaId)
                    .update();
            return application.sql("update organization set seats_taken = seats_taken - ? where id = ?")
                    .params(seats, organization)
                    .update();
        });
    }

    private int guestsOnSeats() {
        return sql().sql("select count(*) from membership where organization_id = ? and seat")
                .param(organization)
                .query(Integer.class)
                .single();
    }
}
