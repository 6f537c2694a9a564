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
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Two people change their address to the same one at the same moment, each in a spelling of their own.
 *
 * <p>Anomaly: check-then-act, with a key that does not say what is the same. The gate stands on the UPDATE of the user,
 * after the check. The database must show 2 UPDATEs attempted, 1 unique violation and 1 row with that address.
 *
 * <p>In the wild: two accounts for one mailbox, and a password reset that opens the other one.
 */
@RaceTest
class Handle02OneAddressTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Transactions application;

    private final String name = "n" + UUID.randomUUID();
    private TwoPeople both;

    @BeforeEach
    void twoPeople() {
        both = new TwoPeople(logins);
    }

    /** Broken: the address is unique as it was typed. So is every spelling of it. */
    @Test
    void asTypedOneAddressBelongsToTwo(Race race) {
        try (var gone = WithoutConstraints.named("app_user_contact_email_key_normalised")) {
            var outcome = both.change(race, this::changeAsTyped);

            assertThat(outcome).on("app_user").attempted(2).uniqueViolations(0);
            assertThat(outcome).everyRacerSucceeded();
            assertThat(people()).isEqualTo(2);
        }
    }

    /** Half fixed: the table takes normalised keys only. The address belongs to one, and the other one gets an error. */
    @Test
    void aCheckOnTheKeyRefusesTheAddressAsTyped(Race race) {
        var outcome = both.change(race, this::changeAsTyped);

        assertThat(people()).as("people with this address").isEqualTo(1);
        assertThat(outcome).on("app_user").attempted(2).uniqueViolations(0);
        assertThat(Loser.of(outcome).failure())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("app_user_contact_email_key_normalised");
    }

    /** Fixed: all spellings have one key, which is unique, and whoever comes second is told. */
    @Test
    void theApplicationKnowsTheAddressInEverySpelling(Race race) {
        var outcome = both.change(race, person -> both.put(person, "email", addressOf(person)));

        assertThat(outcome).on("app_user").attempted(2).uniqueViolationsOf("app_user_contact_email_key_unique", 1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("200", "409 email-taken");
        assertThat(people()).isEqualTo(1);
    }

    /** The same one, in a spelling of their own. */
    private String addressOf(Newcomer person) {
        return person.equals(both.ada)
                ? name + "@b\u00fccher.example"
                : name.toUpperCase(Locale.ROOT) + "@B\u00dcCHER.Example";
    }

    private int changeAsTyped(Newcomer person) {
        var address = addressOf(person);
        var taken = application
                .sql("select exists (select from app_user where contact_email_key = ?)")
                .param(address)
                .query(Boolean.class)
                .single();
        return taken
                ? 0
                : application
                        .sql("""
                                update app_user set contact_email = :it, contact_email_key = :it
                                 where subject = :subject
                                """)
                        .param("it", address)
                        .param("subject", person.subject())
                        .update();
    }

    private long people() {
        return sql().sql("select count(*) from app_user where contact_email ilike ? || '@%'")
                .param(name)
                .query(Long.class)
                .single();
    }
}
