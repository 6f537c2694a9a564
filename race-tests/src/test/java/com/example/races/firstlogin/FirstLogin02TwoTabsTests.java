package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.login.Login;
import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import com.example.races.protection.TakenAway;
import dev.raceharness.Gate;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/**
 * One person signs in for the first time in two tabs; the organization is there already.
 *
 * <p>Anomaly: check-then-act. The gate stands on the INSERT of the user, the first thing that both tabs write. The
 * database must show 2 INSERTs attempted, 1 unique violation and 1 row; and both tabs get the same answer.
 *
 * <p>In the wild: a page whose frames or API calls each carry the new token; one of them answers 500, 401 or 403, though
 * the password was right, and reloading helps.
 */
@RaceTest
class FirstLogin02TwoTabsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Login login;

    private final String company = newCompany();
    private final Newcomer ada = Newcomer.of(company, "Ada");

    @BeforeEach
    void aColleagueWasHereBefore() {
        logins.login(Newcomer.of(company, "Founder"));
    }

    /**
     * Broken: with no constraint that says who a user is, one person becomes two users. Both are held at the COMMIT,
     * so that neither sees anything of the other.
     */
    @Test
    void withoutConstraintsOnePersonBecomesTwoUsers(Race race) {
        try (var gone = WithoutConstraints.named("app_user_pkey", "app_user_issuer_subject_unique", "membership_pkey")) {
            var outcome = twoTabs(race, beforeCommitAfter("app_user"), () -> logins.login(ada));

            assertThat(outcome).on("app_user").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).on("membership").rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /**
     * Broken: the constraint keeps the person one user, and the loser of the INSERT does not look again. That tab is told
     * that something went wrong, although the password was right.
     */
    @Test
    void withoutAnotherLookOneTabIsAnsweredWith500(Race race) {
        try (var gone = TakenAway.retryOf(login, "23505")) {
            var outcome = twoTabs(race, beforeInsertOn("app_user"), this::answer);

            assertThat(outcome).on("app_user").attempted(2).uniqueViolationsOf("app_user_pkey", 1).rows(1);
            assertThat(outcome).on("membership").rows(1);
            assertThat(outcome.racers())
                    .extracting(racer -> racer.value())
                    .containsExactlyInAnyOrder("200", "500 unexpected");
        }
    }

    /** Fixed: the loser of the INSERT finds the user in a new transaction, and nobody notices. */
    @Test
    void onePersonInTwoTabsIsOneUser(Race race) {
        var outcome = twoTabs(race, beforeInsertOn("app_user"), () -> logins.login(ada));

        assertThat(outcome).on("app_user").attempted(2).uniqueViolationsOf("app_user_pkey", 1).rows(1);
        assertThat(outcome).on("membership").rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    private String answer() {
        return Answer.to(logins.as(ada), HttpMethod.GET, null, "/api/me").toString();
    }

    private static Outcome twoTabs(Race race, Gate gate, Callable<?> tab) {
        return race.holdAt(gate)
                .watch("membership")
                .racer("tab1", tab)
                .racer("tab2", tab)
                .run();
    }
}
