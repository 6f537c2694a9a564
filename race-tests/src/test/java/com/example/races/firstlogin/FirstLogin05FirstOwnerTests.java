package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.Loser;
import com.example.races.Owners;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;

/**
 * The first member of an organization becomes its owner. Two join it at the same moment, and nobody was there before.
 *
 * <p>Anomaly: check-then-act over many rows ("is the table empty?"), which snapshots do not see either (write skew, G2): the
 * two INSERTs write different rows, so no lock on a row and no primary key sees a conflict. The gate stands on the
 * INSERT of the membership, after the count. The database must show one row with the role OWNER. Others can be made
 * owners later, so what the unique index allows once is the founder.
 *
 * <p>In the wild: "the first account becomes the administrator" in self-hosted applications, two of which, or a
 * stranger beside the person who installs it, sign up while it starts for the first time.
 */
@RaceTest
class FirstLogin05FirstOwnerTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final OrganizationTable organizations;
    private final Logins logins;
    private UUID organization;
    private UUID ada;
    private UUID ben;

    FirstLogin05FirstOwnerTests(@Autowired DataSource application, @Autowired Logins logins) {
        this.organizations = new OrganizationTable(application);
        this.logins = logins;
    }

    @BeforeEach
    void anOrganizationWithoutMembers() {
        organization = organizations.insert(company);
        ada = newUser();
        ben = newUser();
    }

    /** Broken: both count no member, both own it. */
    @Test
    void withAnEmptyTableAsTheOnlyCheckThereAreTwoOwners(Race race) {
        try (var gone = WithoutConstraints.named("membership_one_founder")) {
            var outcome = twoJoin(race, this::join);

            assertThat(outcome).on("membership").attempted(2).uniqueViolations(0).rows(2);
            assertThat(owners()).isEqualTo(2);
        }
    }

    /**
     * Half fixed: a partial unique index lets one own it. Nobody catches the violation, and the other is locked out.
     */
    @Test
    void anIndexAllowsOneOwnerAndOneIsLockedOut(Race race) {
        var outcome = twoJoin(race, this::join);

        assertThat(outcome).on("membership").attempted(2).uniqueViolationsOf("membership_one_founder", 1).rows(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23505");
        assertThat(owners()).isEqualTo(1);
    }

    /** Fixed: the loser counts again in a new transaction, is not the first any more, and becomes a member. */
    @Test
    void whoCountsAgainAfterTheViolationBecomesAMember(Race race) {
        var outcome = twoJoin(race, user -> {
            try {
                return join(user);
            } catch (DuplicateKeyException anotherOwner) {
                return join(user);
            }
        });

        assertThat(owners()).as("owners").isEqualTo(1);
        assertThat(outcome).on("membership").attempted(3).uniqueViolationsOf("membership_one_founder", 1).rows(2);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder("OWNER", "MEMBER");
    }

    /** Fixed, as the application does it: nobody counts. Who founds the organization owns it, and only one can. */
    @Test
    void whoFoundsTheOrganizationOwnsIt(Race race) {
        var newcomers = newCompany();
        var outcome = race.holdAt(beforeInsertOn("organization"))
                .watch("membership")
                .racer("ada", () -> logins.login(Newcomer.of(newcomers, "Ada")).organization().id())
                .racer("ben", () -> logins.login(Newcomer.of(newcomers, "Ben")).organization().id())
                .run();

        assertThat(outcome).on("membership").attempted(2).uniqueViolations(0).rows(2);
        assertThat(outcome).everyRacerReturnedTheSame();
        organization = (UUID) outcome.racer("ada").value();
        assertThat(owners()).isEqualTo(1);
    }

    private Outcome twoJoin(Race race, Function<UUID, String> join) {
        return race.holdAt(beforeInsertOn("membership"))
                .racer("ada", () -> join.apply(ada))
                .racer("ben", () -> join.apply(ben))
                .run();
    }

    private String join(UUID user) {
        return organizations.inTransaction(() -> {
            var first = members() == 0;
            var role = first ? "OWNER" : "MEMBER";
            organizations.sql("insert into membership (organization_id, user_id, role, founder) values (?, ?, ?, ?)")
                    .params(organization, user, role, first)
                    .update();
            return role;
        });
    }

    private long members() {
        return organizations.sql("select count(*) from membership where organization_id = ?")
                .param(organization)
                .query(Long.class)
                .single();
    }

    private UUID newUser() {
        var id = UUID.randomUUID();
        organizations.sql("insert into app_user (id, issuer, subject, display_name) values (?, 'races', ?, 'Somebody')")
                .params(id, id.toString())
                .update();
        return id;
    }

    private long owners() {
        return Owners.of(organization);
    }
}
