package com.example.races.booking;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_READ_COMMITTED;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_REPEATABLE_READ;

import com.example.races.Colleague;
import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Loser;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import com.example.races.WithoutConstraints;
import dev.raceharness.Gate;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Verdict;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two bookings for the last place of ten.
 *
 * <p>Anomaly: check-then-act; lost update (P4) where the code writes back what it has counted, write skew where it
 * counts the bookings and inserts one. The gate stands on the first thing that is written after the count: at the
 * statement, not at the row, so that both are there. The database must show 10 places taken of 10, by bookings of 10
 * places.
 *
 * <p>In the wild: overbooked courses and tables in shops whose tests are green; "so many left" counters below zero.
 */
@RaceTest
class Booking01LastPlacesTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Transactions transactions;

    private Colleague ada;
    private BookingTwins twins;

    @BeforeEach
    void oneOfTenPlacesIsFree() {
        ada = Colleague.ofNewCompany(logins);
        var room = ada.post(Map.of("name", "Room", "capacity", 10), "/resources").id();
        ada.post(Map.of("places", 9), "/resources/{id}/bookings", room);
        twins = new BookingTwins(transactions, room, ada.user());
    }

    /** Broken: both read 9, both write back 10. The count looks right and is not: a lost update. */
    @Test
    void whoWritesBackWhatTheyHaveReadOverbooks(Race race) {
        var outcome = two(race, beforeUpdateOn("resource"), twins::readAndWriteBack);

        assertThat(outcome).on("resource").attempted(2).on("booking").rows(2);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(twins.counted()).isEqualTo(10);
        assertThat(twins.placesOfBookings()).isEqualTo(11);
    }

    /**
     * Broken: both count the bookings and insert one. Different rows are no conflict under REPEATABLE READ: write
     * skew.
     */
    @ParameterizedTest
    @ValueSource(ints = {ISOLATION_READ_COMMITTED, ISOLATION_REPEATABLE_READ})
    void whoCountsAndInsertsOverbooks(int isolation, Race race) {
        var outcome = two(race, beforeInsertOn("booking"), () -> twins.countAndInsert(isolation));

        assertThat(outcome).on("booking").attempted(2).rows(2);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(twins.placesOfBookings()).isEqualTo(11);
    }

    /** Broken: counting in the statement is not enough if the comparison stays outside and no check is in the table. */
    @Test
    void whoComparesFirstAndCountsAfterwardsOverbooks(Race race) {
        try (var gone = WithoutConstraints.named("resource_not_overbooked")) {
            var outcome = two(race, beforeUpdateOn("resource"), twins::compareThenCount);

            assertThat(outcome).on("resource").attempted(2).on("booking").rows(2);
            assertThat(twins.counted()).isEqualTo(11);
        }
    }

    /** Half fixed: the check lets nobody overbook, but says so in the words of the database. */
    @Test
    void theCheckInTheTableStopsItRudely(Race race) {
        var outcome = two(race, beforeUpdateOn("resource"), twins::compareThenCount);

        assertThat(outcome).on("resource").attempted(2).on("booking").rows(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23514");
        assertThat(twins.counted()).isEqualTo(10);
    }

    /** Fixed: who locks the resource before looking is alone until the commit. */
    @Test
    void aLockOnTheResourceBeforeTheCheckLinesThemUp(Race race) {
        var outcome = two(race.acceptSerialised(), beforeInsertOn("booking"), twins::lockThenCompare);

        assertThat(outcome).hasVerdict(Verdict.SERIALISED).on("booking").attempted(1).rows(1);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(true, false);
        assertThat(twins.counted()).isEqualTo(10);
    }

    /** Fixed, as the application does it: one statement compares and counts. One is confirmed, one politely refused. */
    @Test
    void oneStatementComparesAndCounts(Race race) {
        var outcome = two(race, beforeUpdateOn("resource"), this::overHttp);

        assertThat(outcome).on("resource").attempted(2).on("booking").attempted(1).rows(1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value().toString())
                .containsExactlyInAnyOrder("201", "409 fully-booked");
        assertThat(twins.counted()).isEqualTo(10);
        assertThat(twins.placesOfBookings()).isEqualTo(10);
    }

    private Answer overHttp() {
        return ada.post(Map.of("places", 1), "/resources/{id}/bookings", twins.resource());
    }

    private static Outcome two(Race race, Gate gate, Callable<?> book) {
        return race.holdAt(gate)
                .watch("booking")
                .racer("ada", book)
                .racer("ben", book)
                .run();
    }
}
