package com.example.races.exploration;

import static com.example.races.Endings.endingsOf;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.afterUpdateOn;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Answer;
import com.example.races.Colleague;
import com.example.races.Endings;
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
 * <p>Anomaly: lost update (P4) or check-then-act, wherever it may be: whatever no order of bookings, one after the other,
 * leads to, such as more places than there are, a count that is not the sum of the bookings, or nobody booked although there
 * was room. The gates stand before and after each write and before the commit of every table that both use, because nowhere
 * else can they meet: the harness finds them. The database must show what one booking after
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
        return post(7).mustBe("201");
    }

    private Run.Action book(int places) {
        return run -> post(places).toString();
    }

    private Answer post(int places) {
        return ada.post(Map.of("places", places), "/resources/{id}/bookings", room);
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
        var exploration = twoBookings(race).explore().assertSerializable();

        endingsOf(exploration)
                .areExactly(
                        "ada 201; ben 409 fully-booked; 9 counted, 9 booked",
                        "ada 409 fully-booked; ben 201; 10 counted, 10 booked");
    }

    /** Fixed: also when one of them loses its session after a write. */
    @Test
    void twoBookingsOneOfWhichLosesItsSession(Race race) {
        twoBookings(race)
                .holdAt(afterUpdateOn("resource"), afterInsertOn("booking"))
                .withFault(Fault.terminateBackend())
                .forbid("an answer of 500", Endings::haveA500)
                .explore()
                .assertSerializable();
    }

    /** Fixed: the same for each kind of fault, at each gate. */
    @WithEveryFault
    void twoBookingsToOneOfWhichAnythingHappens(Fault fault, Race race) {
        twoBookings(race).withFault(fault).explore().assertSerializable();
    }

    /** Fixed: one gives back what the other one wants, and has asked for before it was there. */
    @Test
    void aBookingAgainstACancellation(Race race) {
        var mine = new UUID[1];
        var exploration = race.before(this::aNewRoom)
                .before(run -> mine[0] = post(3).id())
                .racer("ada", (Run run) -> ada.delete("/resources/{room}/bookings/{id}", room, mine[0]).toString())
                .racer("ben", book(1))
                .observe(this::taken)
                .explore()
                .assertSerializable();

        endingsOf(exploration).areExactly("ada 204; ben 409 fully-booked; 7 counted, 7 booked");
    }
}
