package com.example.races.booking;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.provisioning.workspace.booking.Bookings;
import com.example.provisioning.workspace.booking.FullyBookedException;
import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.CallGate;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.RaceNotForcedException;
import dev.raceharness.junit.RaceExtension;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Several people see that there is a place left, and book it: the same race as {@link Booking01LastPlacesTests}, forced
 * around the read.
 *
 * <p>Anomaly: check-then-act. The gate is a decorator of the read and stands in the process: a SELECT writes nothing,
 * so the database has no place to hold it after it has answered. Everybody gets the same answer before anybody goes on.
 * The database must show as many bookings as there are places.
 *
 * <p>In the wild: "3 left" on a page that was rendered a second ago. Decorators that count readers down to two are
 * known to fall for a third reader, a second read, another key or a cache; the last four tests are about those.
 */
@RaceTest
class Booking02SynchronisedReadsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    /** What a page reads before it offers a place. */
    public interface Places {
        int free(UUID resource);
    }

    private final Logins logins;
    private final Bookings bookings;
    private final Transactions transactions;
    private Places places;
    private Colleague ada;
    private UUID room;

    Booking02SynchronisedReadsTests(
            @Autowired Logins logins, @Autowired Bookings bookings, @Autowired Transactions transactions) {
        this.logins = logins;
        this.bookings = bookings;
        this.transactions = transactions;
        this.places = resource -> transactions.sql("select capacity - booked from resource where id = ?")
                .param(resource)
                .query(Integer.class)
                .single();
    }

    @BeforeEach
    void aRoomWithTwoPlaces() {
        ada = Colleague.ofNewCompany(logins);
        room = roomFor(2);
    }

    private UUID roomFor(int capacity) {
        return ada.post(Map.of("name", "Room", "capacity", capacity), "/resources").id();
    }

    private CallGate<Places> afterTheRead() {
        return CallGate.after(Places.class, places, "free");
    }

    /** Broken: everybody saw two free places, and nothing but that decides. */
    @Test
    void whoeverSawAFreePlaceGetsOne(Race race) {
        var gate = afterTheRead();
        places = gate.proxy();

        var twins = new BookingTwins(transactions, room, ada.user());
        var outcome = three(race, gate, () -> places.free(room) > 0 && twins.insert());

        assertThat(outcome).on("booking").attempted(3).rows(3);
        assertThat(outcome).everyRacerSucceeded();
    }

    /** Fixed: seeing is free of charge, the booking itself decides. Three saw two places, two get one. */
    @Test
    void whatTheySawDoesNotMatterToTheBooking(Race race) {
        var gate = afterTheRead();
        places = gate.proxy();

        twoOfThreeGetAPlace(three(race, gate, this::lookAndBook));
    }

    /** The second read of the same racer passes: it was let go, and is not counted as somebody else. */
    @Test
    void whoReadsTwiceIsHeldOnce(Race race) {
        var gate = afterTheRead();
        places = gate.proxy();

        twoOfThreeGetAPlace(three(race, gate, () -> places.free(room) > 0 && lookAndBook()));
    }

    /** Reads of another key pass: nobody races for that. */
    @Test
    void whoReadsAboutAnotherRoomIsNotHeldThere(Race race) {
        var another = roomFor(1);
        var gate = afterTheRead().when(arguments -> arguments[0].equals(room));
        places = gate.proxy();

        twoOfThreeGetAPlace(three(race, gate, () -> places.free(another) == 1 && lookAndBook()));
    }

    /**
     * With a cache in front of the read nobody gets to it. Nobody waits for ever: it is said that there was no race.
     */
    @Test
    void aCacheInFrontOfTheReadIsNoRaceAndNoHang(Race race) {
        var gate = afterTheRead();
        var cache = new ConcurrentHashMap<UUID, Integer>();
        var behind = gate.proxy();
        cache.put(room, 2);
        places = resource -> cache.computeIfAbsent(resource, behind::free);

        assertThatThrownBy(() -> three(race, gate, this::lookAndBook))
                .isInstanceOf(RaceNotForcedException.class)
                .hasMessageContaining("0 of 3");
    }

    /** Whoever takes too long on the way to the gate is named, and the others are let go. */
    @Test
    void whoNeverGetsToTheReadIsNotWaitedForForever(Race race) {
        var gate = afterTheRead();
        places = gate.proxy();
        var never = new CountDownLatch(1);

        try {
            assertThatThrownBy(() -> race.holdAt(gate)
                            .arriveWithin(Duration.ofMillis(300))
                            .finishWithin(Duration.ofMillis(300))
                            .racer("ada", this::lookAndBook)
                            .racer("ben", () -> {
                                never.await();
                                return false; // and books nothing beside the next test
                            })
                            .run())
                    .isInstanceOf(RaceNotForcedException.class)
                    .hasMessageContaining("1 of 2");
        } finally {
            never.countDown();
        }
    }

    private boolean lookAndBook() {
        if (places.free(room) == 0) {
            return false;
        }
        try {
            bookings.book(ada.member(), room, 1);
            return true;
        } catch (FullyBookedException full) {
            return false;
        }
    }

    private Outcome three(Race race, CallGate<Places> gate, Callable<Boolean> action) {
        return race.holdAt(gate)
                .watch("booking")
                .racer("ada", action)
                .racer("ben", action)
                .racer("carla", action)
                .run();
    }

    private void twoOfThreeGetAPlace(Outcome outcome) {
        assertThat(outcome).on("booking").rows(2);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder(true, true, false);
    }
}
