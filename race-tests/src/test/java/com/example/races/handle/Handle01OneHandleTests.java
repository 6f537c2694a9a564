package com.example.races.handle;

import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.Loser;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import com.example.races.WithoutConstraints;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two people claim one handle at the same moment.
 *
 * <p>Anomaly: check-then-act. Both ask "is it free?", both hear yes, both write it into a row of their own. The gate
 * stands on the UPDATE of the user, after the check. The database must show 2 UPDATEs attempted, 1 unique violation
 * and 1 row with that handle; and the other person is told so, and not that something went wrong.
 *
 * <p>In the wild: the form that shows a green tick beside the name and an error page after the click.
 */
@RaceTest
class Handle01OneHandleTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Transactions application;

    private final String handle = "h" + UUID.randomUUID().toString().substring(0, 8);
    private TwoPeople both;

    @BeforeEach
    void twoPeople() {
        both = new TwoPeople(logins);
    }

    /** Broken: the check in the code is all there is, and two people have one handle. */
    @Test
    void withoutAConstraintBothHaveIt(Race race) {
        try (var gone = WithoutConstraints.named("app_user_handle_unique")) {
            var outcome = both.change(race, this::claimIfFree);

            assertThat(outcome).on("app_user").attempted(2).uniqueViolations(0);
            assertThat(outcome).everyRacerReturnedTheSame(); // "it is yours", says the code to both
            assertThat(people()).isEqualTo(2);
        }
    }

    /** Half fixed: a constraint, and nobody who expects it to speak. One person gets an error for a free handle. */
    @Test
    void withAConstraintAloneOneGetsAnError(Race race) {
        var outcome = both.change(race, this::claimIfFree);

        assertThat(outcome).on("app_user").attempted(2).uniqueViolationsOf("app_user_handle_unique", 1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23505");
        assertThat(people()).isEqualTo(1);
    }

    /** Fixed: nobody asks. It is taken, or the constraint says that somebody else has it, and that is the answer. */
    @Test
    void theApplicationSaysWhoseItIsNot(Race race) {
        var outcome = both.change(race, person -> both.put(person, "handle", handle));

        assertThat(outcome).on("app_user").attempted(2).uniqueViolationsOf("app_user_handle_unique", 1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("200", "409 handle-taken");
        assertThat(people()).isEqualTo(1);
    }

    private boolean claimIfFree(Newcomer person) {
        return people() == 0
                && application
                                .sql("update app_user set handle = ? where subject = ?")
                                .params(handle, person.subject())
                                .update()
                        == 1;
    }

    private long people() {
        return sql().sql("select count(*) from app_user where handle = ?").param(handle).query(Long.class).single();
    }
}
