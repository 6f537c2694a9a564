package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_SERIALIZABLE;

import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Verdict;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Each request draws a random identifier, and then somebody adds a lock. Which lock it is does not matter: each locks
 * what it knows, its own identifier, and the two never want the same thing.
 *
 * <p>Anomaly: none that an isolation level knows. Two organizations are the right result of two requests that differ
 * in all they say, in any serial order, too. The gate stands on the INSERT, after the lock; that both are held there
 * at once is the proof that the lock keeps nobody out. The database must show 2 rows and no violation.
 *
 * <p>In the wild: "we added SERIALIZABLE and still get duplicates".
 */
@RaceTest
class FirstLogin15LocksOnRandomIdentifiersTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final OrganizationTable organizations;
    private WithoutConstraints constraintOnTheName;

    FirstLogin15LocksOnRandomIdentifiersTests(@Autowired DataSource application) {
        this.organizations = new OrganizationTable(application);
    }

    @BeforeEach
    void nothingButTheIdentifierIsUnique() {
        constraintOnTheName = WithoutConstraints.named("organization_key_unique");
    }

    @AfterEach
    void putTheConstraintBack() {
        constraintOnTheName.close();
    }

    /** Broken: two rows that do not exist yet, and would be two if they did. */
    @Test
    void aLockOnTheRow(Race race) {
        assertThatThereAreTwoOrganizations(both(race, () -> {
            var id = UUID.randomUUID();
            return organizations.inTransaction(() -> {
                organizations.sql("select id from organization where id = ? for update").param(id).query().listOfRows();
                return insertUnlessThere(id);
            });
        }));
    }

    /** Broken: two locks with two numbers. */
    @Test
    void anAdvisoryLockOnTheIdentifier(Race race) {
        assertThatThereAreTwoOrganizations(both(race, () -> {
            var id = UUID.randomUUID();
            return organizations.inTransaction(() -> {
                organizations.lock(id.toString());
                return insertUnlessThere(id);
            });
        }));
    }

    /**
     * Broken: two transactions of which each would have done the same alone. Should the server refuse one all the
     * same (it remembers reads by the page, and small tables have one), then that one tries again, with success.
     */
    @Test
    void serializable(Race race) {
        assertThatThereAreTwoOrganizations(both(race, () -> {
            var id = UUID.randomUUID();
            return organizations.inTransactionUntilItSucceeds(ISOLATION_SERIALIZABLE, () -> insertUnlessThere(id));
        }));
    }

    /**
     * Half fixed: a lock on the name does line them up, for that is what both mean. The identifiers play no part in
     * it.
     */
    @Test
    void aLockOnTheNameHolds(Race race) {
        var outcome = both(race.acceptSerialised(), this::behindALockOnTheName);

        assertThat(outcome).hasVerdict(Verdict.SERIALISED).on("organization").attempted(1).rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    /** Broken: until one comes by another way and does not know of the lock. */
    @Test
    void aLockOnTheNameHoldsOnlyThoseWhoTakeIt(Race race) {
        var outcome = race.holdAt(beforeInsertOn("organization"))
                .racer("login", this::behindALockOnTheName)
                .racer("import", () -> organizations.find(company)
                        .orElseGet(() -> organizations.insert(UUID.randomUUID(), company)))
                .run();

        assertThatThereAreTwoOrganizations(outcome);
    }

    /** Fixed: an identifier that follows from the name needs no lock; the primary key is where the two meet. */
    @Test
    void anIdentifierThatFollowsFromTheNameNeedsNoLock(Race race) {
        var outcome = both(race, () -> Fix.LOOK_AGAIN_IN_A_NEW_TRANSACTION.organizationOf(company, organizations));

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    private static Outcome both(Race race, Supplier<UUID> login) {
        return race.holdAt(beforeInsertOn("organization")).racer("ada", login::get).racer("ben", login::get).run();
    }

    private static void assertThatThereAreTwoOrganizations(Outcome outcome) {
        assertThat(outcome).hasVerdict(Verdict.FORCED);
        assertThat(outcome).on("organization").uniqueViolations(0).rows(2);
        assertThat(outcome).everyRacerSucceeded();
    }

    private UUID insertUnlessThere(UUID id) {
        return organizations.exists(id) ? id : organizations.insert(id, company);
    }

    private UUID behindALockOnTheName() {
        return organizations.inTransaction(() -> {
            organizations.lock(company);
            return organizations.find(company).orElseGet(() -> organizations.insert(UUID.randomUUID(), company));
        });
    }
}
