package com.example.races.protection;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Gate;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The identifiers of organizations, workspaces and users follow from names no longer: each login draws its own at
 * random, as after a change of the code that nobody thought much of.
 *
 * <p>Anomaly: check-then-act. The primary keys see nothing of it, for no two identifiers are the same. The gate stands
 * on the first INSERT of what is new, after the check. The database must show that the other unique constraint of each
 * table, the one on what the row means, stops the second row.
 *
 * <p>In the wild: a migration to another kind of identifier, after which everything is unique and half of it is there
 * twice.
 */
@RaceTest
class Protection01SecondLayerTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    private final String company = newCompany();
    private final Newcomer ada = Newcomer.of(company, "Ada");
    private final Newcomer ben = Newcomer.of(company, "Ben");
    private TakenAway identifiers;

    @BeforeEach
    void identifiersAreRandom() {
        identifiers = TakenAway.identifiersThatFollowFromNames();
    }

    @AfterEach
    void identifiersFollowFromNamesAgain() {
        identifiers.close();
    }

    /** Broken: with nothing unique but the identifier each of them gets an organization. */
    @Test
    void withNothingElseTheyGetTwoOrganizations(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = both(race, beforeCommitAfter("organization"), ada, ben);

            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
        }
    }

    /** Fixed: one company has one key. */
    @Test
    void theKeyOfTheOrganizationIsUnique(Race race) {
        var outcome = both(race, beforeInsertOn("organization"), ada, ben);

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_key_unique", 1).rows(1);
        assertThat(outcome).everyRacerSucceeded();
    }

    /** Fixed: one person is one user of one provider. */
    @Test
    void aPersonIsOneUser(Race race) {
        logins.login(ben);

        var outcome = both(race, beforeInsertOn("app_user"), ada, ada);

        assertThat(outcome).on("app_user").attempted(2).uniqueViolationsOf("app_user_issuer_subject_unique", 1).rows(1);
        assertThat(outcome).everyRacerSucceeded();
    }

    /** Fixed: an organization has one default workspace. */
    @Test
    void theDefaultWorkspaceIsOne(Race race) {
        UUID organization = logins.login(Newcomer.of(company, "Founder")).organization().id();
        sql().sql("delete from workspace where organization_id = ?").param(organization).update();

        var outcome = both(race, beforeInsertOn("workspace"), ada, ben);

        assertThat(outcome).on("workspace").attempted(2).uniqueViolationsOf("workspace_one_default", 1).rows(1);
        assertThat(outcome).everyRacerSucceeded();
    }

    private Outcome both(Race race, Gate gate, Newcomer one, Newcomer other) {
        return race.holdAt(gate)
                .racer("one", () -> logins.login(one))
                .racer("other", () -> logins.login(other))
                .run();
    }
}
