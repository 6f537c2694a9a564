package com.example.races.elsewhere;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_REPEATABLE_READ;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_SERIALIZABLE;

import com.example.races.Loser;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Each login writes down when it was, in the row of the person. One person logs in twice at the same moment, in an
 * application that runs under REPEATABLE READ or SERIALIZABLE.
 *
 * <p>Anomaly: serialization failure (40001), which is no wrong result but a request to do it again, and a failed login
 * where nobody does. The gate stands on the UPDATE of the person, after the snapshot was taken. The database must show
 * two logins that succeeded.
 *
 * <p>In the wild: "could not serialize access due to concurrent update" at login under load, since the isolation level
 * was raised to mend something else.
 */
@RaceTest
class Elsewhere05RefusedLoginTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Transactions transactions;

    @BeforeEach
    void onePerson() {
        Elsewhere.create("""
                create table elsewhere.person (id int primary key, last_login timestamptz not null);
                insert into elsewhere.person values (1, now() - interval '1 day')
                """);
    }

    @AfterEach
    void gone() {
        Elsewhere.drop();
    }

    /** Broken: one of the two is shown an error, with the right password. */
    @ParameterizedTest
    @ValueSource(ints = {ISOLATION_REPEATABLE_READ, ISOLATION_SERIALIZABLE})
    void whoDoesNotTryAgainIsTurnedAway(int isolation, Race race) {
        var outcome = twoLogins(race, () -> transactions.in(isolation, this::findAndWriteDown));

        assertThat(outcome).on("elsewhere.person").attempted(2);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("40001");
    }

    /** Fixed: the whole transaction is done again, with a new snapshot. */
    @ParameterizedTest
    @ValueSource(ints = {ISOLATION_REPEATABLE_READ, ISOLATION_SERIALIZABLE})
    void whoTriesAgainIsLetIn(int isolation, Race race) {
        var outcome = twoLogins(race, () -> transactions.untilItSucceeds(isolation, this::findAndWriteDown));

        assertThat(outcome).on("elsewhere.person").attempted(3);
        assertThat(outcome).everyRacerSucceeded();
    }

    /** Fixed: one statement of its own under READ COMMITTED, which waits, and then finds that nothing is left to do. */
    @Test
    void whatNeedsNoSnapshotGetsNone(Race race) {
        var outcome = twoLogins(race, this::writeDownOnceAMinute);

        assertThat(outcome).on("elsewhere.person").attempted(2);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(1, 0);
    }

    private static Outcome twoLogins(Race race, Supplier<Integer> login) {
        return race.holdAt(beforeUpdateOn("elsewhere.person"))
                .racer("tab1", login::get)
                .racer("tab2", login::get)
                .run();
    }

    private int findAndWriteDown() {
        transactions.sql("select id from elsewhere.person where id = 1").query().singleRow();
        return transactions.sql("update elsewhere.person set last_login = now() where id = 1").update();
    }

    private int writeDownOnceAMinute() {
        return transactions
                .sql("""
                        update elsewhere.person set last_login = now()
                         where id = 1 and last_login < now() - interval '1 minute'
                        """)
                .update();
    }
}
