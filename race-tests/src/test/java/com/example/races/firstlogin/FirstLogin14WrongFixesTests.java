package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_REPEATABLE_READ;

import com.example.provisioning.organization.Organization;
import com.example.races.Loser;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Gate;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Verdict;
import dev.raceharness.junit.RaceExtension;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.UnexpectedRollbackException;

/**
 * Fixes that are recommended, and are none. Each fails in its own way: with an error for the loser, with an answer
 * that is no answer, or with two organizations where no constraint stands behind it. The right ones, under the same
 * gate, are in {@link FirstLogin13FixMatrixTests}.
 *
 * <p>Anomaly: check-then-act. The gate stands on the INSERT of the organization, after whatever check or lock the fix
 * brings; where a lock is given back too early, it stands at the COMMIT. The database must show what each of them lets
 * through: 2 rows, or an error for one of the two.
 *
 * <p>In the wild: the second and third comment below the question, and the patch that closes the ticket until next
 * quarter.
 */
@RaceTest
class FirstLogin14WrongFixesTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final OrganizationTable organizations;

    FirstLogin14WrongFixesTests(@Autowired DataSource application) {
        this.organizations = new OrganizationTable(application);
    }

    /** Broken: after an error PostgreSQL refuses every further statement of that transaction. */
    @Test
    void lookingAgainInTheSameTransaction(Race race) {
        var outcome = both(race, () -> organizations.inTransaction(() -> {
            try {
                return findOrInsert();
            } catch (DuplicateKeyException lost) {
                return organizations.find(company).orElseThrow();
            }
        }));

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("25P02");
    }

    /**
     * Broken: a nested call that takes part in the transaction has marked it for rollback, whoever catches what it
     * threw.
     */
    @Test
    void catchingWhatATransactionalMethodThrew(Race race) {
        var outcome = both(race, () -> organizations.inTransaction(() -> {
            try {
                return organizations.inTransaction(this::findOrInsert);
            } catch (DuplicateKeyException lost) {
                return CompanyName.of(company).organizationId();
            }
        }));

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(Loser.of(outcome).failure()).isInstanceOf(UnexpectedRollbackException.class);
    }

    /**
     * Broken: the persistence context still holds what could not be stored, so the loser is answered from memory; and
     * its COMMIT is quietly a ROLLBACK.
     */
    @Test
    void goingOnWithABrokenPersistenceContext(@Autowired EntityManagerFactory contexts, Race race) {
        var outcome = race.holdAt(beforeInsertOn("organization"))
                .racer("ada", () -> nameAfterAFailedFlush(contexts, company.toLowerCase(Locale.ROOT)))
                .racer("ben", () -> nameAfterAFailedFlush(contexts, company.toUpperCase(Locale.ROOT)))
                .run();

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(outcome.racer("ada").value()).isNotEqualTo(outcome.racer("ben").value());
    }

    private static String nameAfterAFailedFlush(EntityManagerFactory contexts, String company) {
        try (var context = contexts.createEntityManager()) {
            var organization = new Organization(CompanyName.of(company));
            context.getTransaction().begin();
            try {
                context.persist(organization);
                context.flush();
            } catch (PersistenceException lost) {
                organization = context.find(Organization.class, organization.id());
            }
            context.getTransaction().commit();
            return organization.name();
        }
    }

    /** Broken: ON CONFLICT DO NOTHING did nothing for the loser, so it has nothing to return: the usual null. */
    @Test
    void returningFromAnInsertThatDidNothing(Race race) {
        var name = CompanyName.of(company);
        var outcome = both(race, () -> organizations
                .sql("insert into organization (id, key, name) values (?, ?, ?) on conflict do nothing returning id")
                .params(name.organizationId(), name.key(), name.name())
                .query(UUID.class)
                .optional());

        assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder(Optional.of(name.organizationId()), Optional.empty());
    }

    /** Broken: FOR UPDATE locks rows, and here is none yet. */
    @Test
    void lockingARowThatDoesNotExist(Race race) {
        var outcome = both(race, () -> organizations.inTransaction(() -> organizations
                .sql("select id from organization where key = ? for update")
                .param(CompanyName.of(company).key())
                .query(UUID.class)
                .optional()
                .orElseGet(() -> organizations.insert(company))));

        assertThat(outcome).hasVerdict(Verdict.FORCED);
        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23505");
    }

    /** Broken: a snapshot that stays the same makes the check no truer: both have the one in which there is nothing. */
    @Test
    void repeatableRead(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = both(
                    race, () -> organizations.inTransaction(ISOLATION_REPEATABLE_READ, this::findOrInsertAtRandom));

            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Broken: the window gets narrower, and the gate holds both in it all the same. */
    @Test
    void checkingTwice(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = both(race, () -> organizations.inTransaction(
                    () -> organizations.find(company).orElseGet(this::findOrInsertAtRandom)));

            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Broken: they queue up, each with its check behind it: lined up, and wrong one after the other. */
    @Test
    void lockingAfterTheCheck(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = both(race.acceptSerialised(), () -> organizations.inTransaction(
                    () -> organizations.find(company).orElseGet(() -> {
                        organizations.lock(company);
                        return organizations.insert(UUID.randomUUID(), company);
                    })));

            assertThat(outcome).hasVerdict(Verdict.SERIALISED);
            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Broken: between the unlock and the COMMIT the next one checks, and sees nothing of what is not committed. */
    @Test
    void unlockingBeforeTheCommit(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = both(race, beforeCommitAfter("organization"), () -> organizations.inTransaction(() -> {
                organizations.lockSession(company);
                try {
                    return findOrInsertAtRandom();
                } finally {
                    organizations.unlockSession(company);
                }
            }));

            assertThat(outcome).hasVerdict(Verdict.FORCED);
            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Broken: one statement, but not one moment: its check has a snapshot, and its INSERT comes later. */
    @Test
    void insertWhereNotExists(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = both(race, () -> organizations
                    .sql("""
                            insert into organization (id, key, name) select :id, :key, :name
                            where not exists (select from organization where key = :key)
                            """)
                    .param("id", UUID.randomUUID())
                    .param("key", CompanyName.of(company).key())
                    .param("name", company)
                    .update());

            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerReturnedTheSame(); // "1 row inserted", says the database to both
        }
    }

    private static Outcome both(Race race, Supplier<?> login) {
        return both(race, beforeInsertOn("organization"), login);
    }

    private static Outcome both(Race race, Gate gate, Supplier<?> login) {
        return race.holdAt(gate).racer("ada", login::get).racer("ben", login::get).run();
    }

    private UUID findOrInsert() {
        return organizations.find(company).orElseGet(() -> organizations.insert(company));
    }

    private UUID findOrInsertAtRandom() {
        return organizations.find(company).orElseGet(() -> organizations.insert(UUID.randomUUID(), company));
    }
}
