package com.example.races.exploration;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.afterUpdateOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.RaceDatabase;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Fault;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Bookings of the last places, in every interleaving.
 *
 * <p>Anomaly: whatever no order of bookings, one after the other, leads to: more places than there are, a count that is
 * not the sum of the bookings, or nobody booked although there was room. The gates stand before and after each write and
 * before the commit of every table that both use: the harness finds them. The database must show what one booking after
 * the other leaves, also when a session dies after any write.
 *
 * <p>In the wild: the same overbooked courses as in the race of the last places, which nobody forced because nobody knew
 * where.
 */
@RaceTest
class ExploredBookingTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Transactions transactions;

    private Colleague ada;
    private volatile UUID room;

    @BeforeEach
    void adaIsThere() {
        ada = Colleague.ofNewCompany(logins);
    }

    /** Ten places, three of them free. */
    private Object aNewRoom(Run run) {
        room = ada.post(Map.of("name", run.token(), "capacity", 10), "/resources").id();
        return booked(7);
    }

    private Run.Action book(int places) {
        return run -> booked(places);
    }

    private String booked(int places) {
        return ada.post(Map.of("places", places), "/resources/{id}/bookings", room).toString();
    }

    private Object taken(Run run) {
        return RaceDatabase.sql()
                .sql("""
                        select r.booked || ' counted, ' || coalesce(sum(b.places), 0) || ' booked'
                          from resource r left join booking b on b.resource_id = r.id
                         where r.id = ? group by r.id
                        """)
                .param(room)
                .query(String.class)
                .single();
    }

    private Race twoBookings(Race race) {
        return race.before(this::aNewRoom)
                .racer("ada", book(2))
                .racer("ben", book(3))
                .observe(this::taken);
    }

    /** Broken: compared in the code, and counted afterwards. */
    @Test
    void comparedInTheCodeTheLastPlacesAreTakenTwice(Race race) {
        Run.Action naive = run -> transactions.in(() -> {
            var booked = transactions.sql("select booked from resource where id = ?")
                    .param(room).query(Integer.class).single();
            if (booked + 2 > 10) {
                return false;
            }
            transactions.sql("update resource set booked = ? where id = ?").params(booked + 2, room).update();
            transactions.sql("insert into booking (id, resource_id, user_id, places) values (?, ?, ?, 2)")
                    .params(UUID.randomUUID(), room, ada.user()).update();
            return true;
        });

        var witness = race.before(this::aNewRoom)
                .racer("ada", naive)
                .racer("ben", naive)
                .observe(this::taken)
                .atMost(3)
                .explore()
                .assertAnomaly();

        assertThat(witness.outcome().toString()).contains("9 counted, 11 booked");
    }

    /** Fixed: whatever the interleaving, it ends as one booking after the other does. */
    @Test
    void twoBookingsOfTheLastPlaces(Race race) {
        twoBookings(race).explore().assertSerializable();
    }

    /** Fixed: also when one of them loses its session after a write. */
    @Test
    void twoBookingsOneOfWhichLosesItsSession(Race race) {
        twoBookings(race)
                .holdAt(afterUpdateOn("resource"), afterInsertOn("booking"))
                .withFault(Fault.terminateBackend())
                .explore()
                .assertSerializable();
    }

    /** Fixed: the same for each kind of fault, at each gate. */
    @WithEveryFault
    void twoBookingsToOneOfWhichAnythingHappens(Fault fault, Race race) {
        twoBookings(race).withFault(fault).explore().assertSerializable();
    }

    /** Fixed: one gives back what the other one wants. */
    @Test
    void aBookingAgainstACancellation(Race race) {
        var mine = new UUID[1];
        race.before(this::aNewRoom)
                .before(run -> mine[0] = ada.post(Map.of("places", 3), "/resources/{id}/bookings", room).id())
                .racer("ada", (Run run) -> ada.delete("/resources/{room}/bookings/{id}", room, mine[0]).toString())
                .racer("ben", book(1))
                .observe(this::taken)
                .explore()
                .assertSerializable();
    }
}
