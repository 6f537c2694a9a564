package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.login.Me;
import com.example.provisioning.membership.Role;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.Owners;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two colleagues of a new company sign in for the first time, at the same moment.
 *
 * <p>Anomaly: check-then-act. Both ask "does the organization exist?", both hear no, both insert it. The gate stands
 * on the INSERT of the organization: after the check, and the first thing that both write. The database must show 2
 * INSERTs attempted, 1 unique violation and 1 row; and both people get the same organization.
 *
 * <p>In the wild: companies that exist twice since the morning on which single sign-on was switched on, with half of
 * the people in each, and nobody who can say which one the invoices belong to.
 */
@RaceTest
class FirstLogin01TwoColleaguesTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    private final String company = newCompany();
    private final Newcomer ada = Newcomer.of(company, "Ada");
    private final Newcomer ben = Newcomer.of(company, "Ben");

    /**
     * Broken: the check in the code is all there is. Each gets an organization, and each owns one. Both are held at
     * the COMMIT, so that neither sees anything of the other.
     */
    @Test
    void withoutConstraintsTheyGetTwoOrganizations(Race race) {
        try (var gone = WithoutConstraints.named(
                "organization_pkey",
                "organization_key_unique",
                "workspace_pkey",
                "workspace_one_default",
                "membership_one_founder")) {
            var outcome = race.holdAt(beforeCommitAfter("organization"))
                    .watch("workspace")
                    .racer("ada", () -> logins.login(ada))
                    .racer("ben", () -> logins.login(ben))
                    .run();

            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).on("workspace").rows(2);
            assertThat(outcome).everyRacerSucceeded();
            assertThat(roles(outcome)).containsExactly(Role.OWNER, Role.OWNER);
        }
    }

    /** Fixed: the identifier follows from the name, a constraint lets one INSERT win, the loser looks again. */
    @Test
    void twoFirstLoginsOfOneNewCompanyLeaveOneOrganization(Race race) {
        var outcome = race.holdAt(beforeInsertOn("organization"))
                .watch("workspace", "app_user", "membership")
                .racer("ada", () -> logins.login(ada))
                .racer("ben", () -> logins.login(ben))
                .run();

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(outcome).on("workspace").rows(1).on("app_user").rows(2).on("membership").rows(2);
        assertThat(outcome).everyRacerSucceeded();
        theyShareItAndOneOwnsIt(answers(outcome));
    }

    private static void theyShareItAndOneOwnsIt(List<Me> answers) {
        assertThat(answers).extracting(Me::organization).containsOnly(answers.get(0).organization());
        assertThat(answers).extracting(Me::workspace).containsOnly(answers.get(0).workspace());
        assertThat(answers).extracting(Me::role).containsExactlyInAnyOrder(Role.OWNER, Role.MEMBER);
        assertThat(Owners.of(answers.get(0).organization().id())).isEqualTo(1);
    }

    private static List<Me> answers(Outcome outcome) {
        return outcome.racers().stream().map(racer -> (Me) racer.value()).toList();
    }

    private static List<Role> roles(Outcome outcome) {
        return answers(outcome).stream().map(Me::role).toList();
    }
}
