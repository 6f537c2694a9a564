package com.example.races.elsewhere;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Events are stored in partitions by day, and each event once. One of them is delivered twice around midnight.
 *
 * <p>Anomaly: check-then-act behind a unique index that cannot say what is meant: on a partitioned table it must
 * contain the key of the partitions, so it keeps an event unique within its day. The gate stands on the INSERT of the
 * event, after the check. The database must show the event once.
 *
 * <p>In the wild: tables that were partitioned when they had grown, whose unique key got one column more on that day,
 * and payments that are booked twice since then, once a month.
 */
@RaceTest
class Elsewhere04PartitionedTests {

    private static final String BY_DAY = """
            create table elsewhere.event (id text not null, received_on date not null,
                constraint event_unique unique (id, received_on)) partition by range (received_on);
            create table elsewhere.event_monday partition of elsewhere.event
                for values from ('2026-03-02') to ('2026-03-03');
            create table elsewhere.event_tuesday partition of elsewhere.event
                for values from ('2026-03-03') to ('2026-03-04')
            """;

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Transactions transactions;

    @AfterEach
    void gone() {
        Elsewhere.drop();
    }

    /** Broken: neither finds it, and each stores it in the partition of its own day. */
    @Test
    void uniqueWithinEachPartitionIsTwiceInTheTable(Race race) {
        Elsewhere.create(BY_DAY);

        var outcome = aroundMidnight(race, this::storeUnlessThere);

        assertThat(outcome).everyRacerReturnedTheSame(); // "stored", says the code to both
        assertThat(events()).isEqualTo(2);
    }

    /** The server does not even let one say what is meant. */
    @Test
    void uniqueInTheWholeTableCannotBeSaid() {
        Elsewhere.create(BY_DAY);

        assertThatThrownBy(() -> Elsewhere.execute("alter table elsewhere.event add unique (id)"))
                .hasMessageContaining("unique constraint on partitioned table must include all partitioning columns");
    }

    /** Fixed: the identifiers have a table of their own, which is not partitioned, in the same transaction. */
    @Test
    void aTableOfIdentifiersSaysItForAllPartitions(Race race) {
        Elsewhere.create(BY_DAY + "; create table elsewhere.event_id (id text primary key)");

        var outcome = aroundMidnight(race.acceptSerialised(), day -> transactions.in(() -> transactions
                                .sql("insert into elsewhere.event_id values ('e1') on conflict do nothing")
                                .update()
                        == 1
                && store(day)));

        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(true, false);
        assertThat(events()).isEqualTo(1);
    }

    /** Fixed: partitions by what must be unique, so that one partition sees both. */
    @Test
    void partitionsByTheIdentifierSeeBoth(Race race) {
        Elsewhere.create("""
                create table elsewhere.event (id text not null, received_on date not null,
                    constraint event_unique unique (id)) partition by hash (id);
                create table elsewhere.event_0 partition of elsewhere.event for values with (modulus 2, remainder 0);
                create table elsewhere.event_1 partition of elsewhere.event for values with (modulus 2, remainder 1)
                """);

        var outcome = aroundMidnight(race, day -> transactions.in(() -> transactions
                        .sql("insert into elsewhere.event values ('e1', ?::date) on conflict do nothing")
                        .param(day)
                        .update()
                == 1));

        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(true, false);
        assertThat(events()).isEqualTo(1);
    }

    private static Outcome aroundMidnight(Race race, Function<String, Boolean> deliver) {
        return race.holdAt(beforeInsertOn("elsewhere.event"))
                .racer("before", () -> deliver.apply("2026-03-02"))
                .racer("after", () -> deliver.apply("2026-03-03"))
                .run();
    }

    private boolean storeUnlessThere(String day) {
        return transactions.in(() -> events() == 0 && store(day));
    }

    private boolean store(String day) {
        return transactions.sql("insert into elsewhere.event values ('e1', ?::date)").param(day).update() == 1;
    }

    private long events() {
        return transactions.sql("select count(*) from elsewhere.event where id = 'e1'").query(Long.class).single();
    }
}
