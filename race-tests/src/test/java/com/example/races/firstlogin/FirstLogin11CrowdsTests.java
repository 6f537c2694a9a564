package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
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
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A whole company signs in for the first time at the same moment.
 *
 * <p>Anomaly: check-then-act, as with two; but here the losers wait for the winner in a queue, and all of them start
 * over at once. The gate stands on the INSERT of the organization, after the check. Of N the database must show N
 * INSERTs attempted, N - 1 unique violations and 1 row; N members, 1 of them the owner; and nobody is turned away.
 *
 * <p>In the wild: the Monday after a contract was signed; a training where everybody opens the same link.
 */
@RaceTest
class FirstLogin11CrowdsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final NaiveProvisioning naive;
    private final Logins logins;

    FirstLogin11CrowdsTests(@Autowired DataSource application, @Autowired Logins logins) {
        this.naive = new NaiveProvisioning(application);
        this.logins = logins;
    }

    /** Broken: as many organizations as people. */
    @Test
    void withoutAConstraintEverybodyGetsAnOrganization(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = crowd(race, 32, name -> naive.organizationOf(company));

            assertThat(outcome).on("organization").attempted(32).uniqueViolations(0).rows(32);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Fixed: one founds it, the others join. */
    @ParameterizedTest
    @ValueSource(ints = {3, 8, 32, 100})
    void allMeetInOneOrganization(int people, Race race) {
        var outcome = crowd(race, people, name -> logins.login(Newcomer.of(company, name)));

        assertThat(outcome)
                .on("organization").attempted(people).uniqueViolationsOf("organization_pkey", people - 1).rows(1)
                .on("workspace").rows(1)
                .on("app_user").rows(people)
                .on("membership").attempted(people).rows(people);
        assertThat(outcome).everyRacerSucceeded();
        var organization = answers(outcome).get(0).organization();
        assertThat(answers(outcome)).extracting(Me::organization).containsOnly(organization);
        assertThat(answers(outcome)).filteredOn(me -> me.role() == Role.OWNER).hasSize(1);
        assertThat(Owners.of(organization.id())).isEqualTo(1);
    }

    private static Outcome crowd(Race race, int people, Function<String, ?> login) {
        var crowd = race.holdAt(beforeInsertOn("organization")).watch("workspace", "app_user", "membership");
        for (int i = 1; i <= people; i++) {
            var name = "colleague" + i;
            crowd = crowd.racer(name, () -> login.apply(name));
        }
        return crowd.run();
    }

    private static List<Me> answers(Outcome outcome) {
        return outcome.racers().stream().map(racer -> (Me) racer.value()).toList();
    }
}
