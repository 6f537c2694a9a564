package com.example.races.booking;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Answer;
import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * One booking is cancelled twice at the same moment: by a double click, or in two tabs.
 *
 * <p>Anomaly: check-then-act ("is it still there?"). Both find the booking, and both give its places back. The gate stands
 * on the first write to the booking, after the look. The database must show the places of one booking less, as many counted
 * as are booked.
 *
 * <p>In the wild: money refunded twice and stock put back twice by a second click on "cancel", and then sold to somebody
 * who finds an empty shelf.
 */
@RaceTest
class Booking03CancelledTwiceTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Logins logins;
    private final Transactions transactions;
    private Colleague ada;
    private BookingTwins twins;
    private UUID booking;

    Booking03CancelledTwiceTests(@Autowired Logins logins, @Autowired Transactions transactions) {
        this.logins = logins;
        this.transactions = transactions;
    }

    @BeforeEach
    void eightOfTenPlacesAreTakenByTwoBookings() {
        ada = Colleague.ofNewCompany(logins);
        var room = ada.post(Map.of("name", "Room", "capacity", 10), "/resources").id();
        twins = new BookingTwins(transactions, room, ada.user());
        book(5).mustBe("201");
        booking = book(3).id();
    }

    /** Broken: both read three places and both count them down. What somebody else has is free again: 13 booked of 10. */
    @Test
    void whoCountsDownWhateverTheDeleteSaidOverbooks(Race race) {
        var outcome = twice(race, () -> twins.readAndDelete(booking));

        assertThat(outcome).on("booking").attempted(2).rows(-1);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(twins.counted()).isEqualTo(2);
        assertThat(book(8)).hasToString("201");
        assertThat(twins.placesOfBookings()).isEqualTo(13);
    }

    /** Fixed, as the application does it: what the DELETE really deleted is counted down, and a row is deleted once. */
    @Test
    void whoseDeleteFindsItGivesThePlacesBack(Race race) {
        var outcome = twice(race, this::cancel);

        assertThat(twins.counted()).as("places that are counted").isEqualTo(5);
        assertThat(outcome).on("booking").attempted(2).rows(-1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("204", "404 not-found");
        assertThat(twins.placesOfBookings()).isEqualTo(5);
    }

    private static Outcome twice(Race race, Callable<?> cancel) {
        return race.holdAt(beforeWriteOn("booking"))
                .racer("ada", cancel)
                .racer("ben", cancel)
                .run();
    }

    private Answer book(int places) {
        return ada.post(Map.of("places", places), "/resources/{id}/bookings", twins.resource());
    }

    private String cancel() {
        return ada.delete("/resources/{room}/bookings/{id}", twins.resource(), booking).toString();
    }
}
