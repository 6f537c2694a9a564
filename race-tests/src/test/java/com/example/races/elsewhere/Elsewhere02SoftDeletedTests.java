package com.example.races.elsewhere;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;

/**
 * Accounts are not deleted but marked. Somebody whose account is marked signs up again, twice at the same moment; or
 * while an administrator brings the old account back.
 *
 * <p>Anomaly: check-then-act, and a constraint that does not say what is meant. The gate stands on the write of the
 * account, after the check. The database must show one account that lives.
 *
 * <p>In the wild: {@code UNIQUE (email, deleted_at)}, which is the first answer everywhere, and allows any number of
 * rows without a date; or {@code UNIQUE (email)}, after which nobody can ever come back.
 */
@RaceTest
class Elsewhere02SoftDeletedTests {

    private static final String AMONG_THOSE_THAT_LIVE =
            "create unique index account_lives_once on elsewhere.account (email) where deleted_at is null";

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Transactions transactions;

    @BeforeEach
    void oneMarkedAccount() {
        Elsewhere.create("""
                create table elsewhere.account (
                    id int generated always as identity,
                    email text not null,
                    deleted_at timestamptz);
                insert into elsewhere.account (email, deleted_at) values ('ada@example.com', now())
                """);
    }

    @AfterEach
    void gone() {
        Elsewhere.drop();
    }

    /** Broken: in a unique constraint no NULL equals another, so it never speaks about accounts that live. */
    @Test
    void uniqueWithTheDateOfDeletionAllowsTwoThatLive(Race race) {
        Elsewhere.execute("alter table elsewhere.account add unique (email, deleted_at)");

        var outcome = both(race, this::signUpUnlessThere, this::signUpUnlessThere);

        assertThat(outcome).on("elsewhere.account").attempted(2).uniqueViolations(0).rows(2);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(living()).isEqualTo(2);
    }

    /** Broken without any race: the dead account keeps the living one out. */
    @Test
    void uniqueWithoutItKeepsEverybodyOutForEver() {
        Elsewhere.execute("alter table elsewhere.account add unique (email)");

        assertThatThrownBy(this::signUpUnlessThere).isInstanceOf(DuplicateKeyException.class);
    }

    /** Fixed: unique among those that live; or the same with NULLs that equal each other. Who comes second is told. */
    @ParameterizedTest
    @ValueSource(strings = {
        AMONG_THOSE_THAT_LIVE,
        "alter table elsewhere.account add constraint account_lives_once unique nulls not distinct (email, deleted_at)"
    })
    void uniqueAmongThoseThatLiveAllowsOne(String constraint, Race race) {
        Elsewhere.execute(constraint);

        var outcome = both(race, orTold(this::signUpUnlessThere), orTold(this::signUpUnlessThere));

        assertThat(outcome).on("elsewhere.account").attempted(2).uniqueViolationsOf("account_lives_once", 1).rows(1);
        oneIsTold(outcome);
    }

    /** Fixed: an UPDATE that brings the old one back meets the same constraint as an INSERT. */
    @Test
    void bringingItBackMeetsTheSameConstraint(Race race) {
        Elsewhere.execute(AMONG_THOSE_THAT_LIVE);

        var outcome = both(race, orTold(this::signUpUnlessThere), orTold(this::bringBackUnlessThere));

        assertThat(outcome).on("elsewhere.account").attempted(2).uniqueViolationsOf("account_lives_once", 1);
        oneIsTold(outcome);
    }

    /** Whoever comes second hears from the constraint what the look would have said a moment later. */
    private static Callable<Integer> orTold(Callable<Integer> write) {
        return () -> {
            try {
                return write.call();
            } catch (DuplicateKeyException somebodyElseLives) {
                return 0;
            }
        };
    }

    private void oneIsTold(Outcome outcome) {
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(0, 1);
        assertThat(living()).isEqualTo(1);
    }

    private static Outcome both(Race race, Callable<?> first, Callable<?> second) {
        return race.holdAt(beforeWriteOn("elsewhere.account")).racer("ada", first).racer("ben", second).run();
    }

    private int signUpUnlessThere() {
        return writeUnlessThere("insert into elsewhere.account (email) values ('ada@example.com')");
    }

    private int bringBackUnlessThere() {
        return writeUnlessThere("update elsewhere.account set deleted_at = null where email = 'ada@example.com'");
    }

    private int writeUnlessThere(String write) {
        return transactions.in(() -> living() > 0 ? 0 : transactions.sql(write).update());
    }

    private long living() {
        return transactions
                .sql("select count(*) from elsewhere.account where email = 'ada@example.com' and deleted_at is null")
                .query(Long.class)
                .single();
    }
}
