package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.beforeDeleteOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.membership.Role;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.Loser;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * An administrator deletes the organization while a colleague signs in for the first time.
 *
 * <p>Anomaly: check-then-act with the roles exchanged: the login has seen the organization, and it is gone when its
 * membership is written. The gates stand on that INSERT and on the DELETE, after all that each of them has read. The
 * database must show no membership without its organization, whoever comes first.
 *
 * <p>In the wild: rows that point to nothing, found years later by a migration that adds the foreign key, in
 * applications that leave such things to their framework.
 */
@RaceTest
class FirstLogin10DeletionTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final Newcomer ben = Newcomer.of(company, "Ben");
    private final OrganizationTable organizations;
    private final Logins logins;
    private UUID organization;

    FirstLogin10DeletionTests(@Autowired DataSource application, @Autowired Logins logins) {
        this.organizations = new OrganizationTable(application);
        this.logins = logins;
    }

    @BeforeEach
    void aCompanyWithOneMember() {
        organization = logins.login(Newcomer.of(company, "Ada")).organization().id();
    }

    /** Broken: nothing ties the two tables together. The colleague is told that he is in, and he is in nothing. */
    @Test
    void withoutAForeignKeyHeJoinsWhatIsGone(Race race) {
        try (var gone = WithoutConstraints.named("membership_organization_fkey")) {
            var outcome = loginAgainstDeletion(race, Schedule.inOrder("admin", "ben"));

            assertThat(outcome).on("organization").rows(-1);
            assertThat(outcome).everyRacerSucceeded();
            assertThat(membershipsOfNothing()).isEqualTo(1);
        }
    }

    /** Fixed: the foreign key tells the login, which looks again: no organization, so he founds it anew. */
    @Test
    void whoComesAfterTheDeletionFoundsTheCompanyAnew(Race race) {
        var outcome = loginAgainstDeletion(race, Schedule.inOrder("admin", "ben"));

        assertThat(outcome).on("organization").rows(0).on("workspace").rows(0).on("membership").rows(0);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(outcome.racer("ben").value()).isEqualTo(Role.OWNER);
        assertThat(membershipsOfNothing()).isZero();
    }

    /** Fixed: the foreign key tells the administrator that somebody has come in meanwhile, and nothing is deleted. */
    @Test
    void whoComesBeforeTheDeletionStopsIt(Race race) {
        var outcome = loginAgainstDeletion(race, Schedule.inOrder("ben", "admin"));

        assertThat(outcome).on("organization").rows(0).on("workspace").rows(0).on("membership").rows(1);
        assertThat(Loser.of(outcome).name()).isEqualTo("admin");
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23503");
        assertThat(outcome.racer("ben").value()).isEqualTo(Role.MEMBER);
        assertThat(membershipsOfNothing()).isZero();
    }

    private Outcome loginAgainstDeletion(Race race, Schedule order) {
        return race.holdAt(beforeInsertOn("membership"), beforeDeleteOn("organization"))
                .watch("workspace")
                .racer("ben", () -> logins.login(ben).role())
                .racer("admin", this::delete)
                .release(order)
                .run();
    }

    private int delete() {
        return organizations.inTransaction(() -> {
            organizations.sql("delete from membership where organization_id = ?").param(organization).update();
            organizations.sql("delete from workspace where organization_id = ?").param(organization).update();
            return organizations.sql("delete from organization where id = ?").param(organization).update();
        });
    }

    private static long membershipsOfNothing() {
        return sql().sql("""
                select count(*) from membership m
                where not exists (select from organization o where o.id = m.organization_id)
                """).query(Long.class).single();
    }
}
