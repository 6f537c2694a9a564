package com.example.races.firstlogin;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.identity.Identifiers;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.RacerResult;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Five colleagues of a new company sign in at the same moment, and the directory of each spells its name in another
 * way.
 *
 * <p>Anomaly: check-then-act, and a unique constraint that sees no conflict, because to it the names differ. The gate
 * stands on the INSERT of the organization, after each has looked for its own spelling. The database must show 5 INSERTs
 * attempted, 4 unique violations and 1 row: all five agreed on the identity before they met.
 *
 * <p>In the wild: tickets of the kind "user can sign up twice with the same address in capitals", again and again,
 * and with composed and decomposed letters where a directory on one system and a form on another feed the same table.
 */
@RaceTest
class FirstLogin04SpellingsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    JdbcClient application;

    @Autowired
    Logins logins;

    private final UUID number = UUID.randomUUID();

    /** Broken: the name as it comes is the key. Each spelling is a company, and its identifier is unique indeed. */
    @Test
    void asRawKeysFiveSpellingsAreFiveOrganizations(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_normalised")) {
            var outcome = fiveSpellings(race, this::organizationUnderItsRawName);

            assertThat(outcome).on("organization").attempted(5).uniqueViolations(0).rows(5);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Half fixed: the table takes normalised keys only. Nothing is created twice, but four people cannot sign in. */
    @Test
    void aCheckOnTheKeyRefusesTheRawNames(Race race) {
        var outcome = fiveSpellings(race, this::organizationUnderItsRawName);

        assertThat(outcome).on("organization").attempted(5).uniqueViolations(0).rows(1);
        assertThat(outcome.racers().stream().filter(RacerResult::succeeded)).hasSize(1);
        assertThat(outcome.racers().stream().flatMap(racer -> racer.failure().stream()))
                .hasSize(4)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(DataIntegrityViolationException.class)
                        .hasMessageContaining("organization_key_normalised"));
    }

    /** Fixed: all spellings have one key, one key has one identifier, and that collides. */
    @Test
    void fiveSpellingsOfOneNameMeetInOneOrganization(Race race) {
        var outcome = fiveSpellings(
                race, spelling -> logins.login(Newcomer.of(spelling, "Somebody")).organization());

        assertThat(outcome).on("organization").attempted(5).uniqueViolationsOf("organization_pkey", 4).rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    private Outcome fiveSpellings(Race race, Function<String, ?> login) {
        return race.holdAt(beforeInsertOn("organization"))
                .racer("small", () -> login.apply("acm\u00e9 " + number))
                .racer("capitals", () -> login.apply("ACM\u00c9 " + number))
                .racer("spaces", () -> login.apply("Acm\u00e9   " + number + " "))
                .racer("decomposed", () -> login.apply("Acme\u0301 " + number))
                .racer("full-width", () -> login.apply("\uff21\uff23\uff2d\u00c9\u3000" + number))
                .run();
    }

    private UUID organizationUnderItsRawName(String name) {
        var key = "company:" + name;
        return application.sql("select id from organization where key = ?")
                .param(key)
                .query(UUID.class)
                .optional()
                .orElseGet(() -> {
                    var id = Identifiers.ofOrganization(key);
                    application.sql("insert into organization (id, key, name) values (?, ?, ?)")
                            .params(id, key, name)
                            .update();
                    return id;
                });
    }
}
