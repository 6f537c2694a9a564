package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.RacerResult;
import dev.raceharness.junit.RaceExtension;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;

/**
 * The application mints a fresh random identifier for each organization. Both look for the name, and write rows that have
 * nothing in common: the primary key sees no conflict, and no lock on an identifier lines them up ({@link
 * FirstLogin15LocksOnRandomIdentifiersTests}). The cure is an identifier that follows from the name.
 *
 * <p>Anomaly: check-then-act. The gate stands on the INSERT of the organization, after the check, where each has drawn
 * its identifier. The database must show 2 INSERTs attempted, 1 violation of the primary key and 1 row.
 *
 * <p>In the wild: {@code UUID.randomUUID()} as the default of every entity, and scripts that merge what exists twice.
 */
@RaceTest
class FirstLogin03RandomIdentifiersTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final NaiveProvisioning naive;
    private final Logins logins;

    FirstLogin03RandomIdentifiersTests(@Autowired DataSource application, @Autowired Logins logins) {
        this.naive = new NaiveProvisioning(application);
        this.logins = logins;
    }

    /** Broken: two primary keys that differ violate nothing, and one company has two organizations. */
    @Test
    void randomIdentifiersNeverCollide(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = twoOrganizations(race);

            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Half fixed: a second constraint, on the name, keeps the data right; but nobody catches it, and one login fails. */
    @Test
    void aUniqueNameStopsThemAndOneLoginFails(Race race) {
        var outcome = twoOrganizations(race);

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_key_unique", 1).rows(1);
        assertThat(outcome.racers().stream().filter(RacerResult::succeeded)).hasSize(1);
        assertThat(outcome.racers().stream().flatMap(racer -> racer.failure().stream()))
                .singleElement()
                .isInstanceOf(DuplicateKeyException.class);
    }

    /** Fixed: both compute the same identifier, whatever way they spell the name. */
    @Test
    void identifiersThatFollowFromTheNameCollideAndAreCaught(Race race) {
        var outcome = race.holdAt(beforeInsertOn("organization"))
                .racer("ada", () -> logins.login(Newcomer.of(company, "Ada")).organization().id())
                .racer("ben", () -> logins.login(Newcomer.of("  " + company.toUpperCase(Locale.ROOT), "Ben"))
                        .organization()
                        .id())
                .run();

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    private Outcome twoOrganizations(Race race) {
        return race.holdAt(beforeInsertOn("organization"))
                .racer("ada", () -> naive.organizationOf(company))
                .racer("ben", () -> naive.organizationOf(company))
                .run();
    }
}
