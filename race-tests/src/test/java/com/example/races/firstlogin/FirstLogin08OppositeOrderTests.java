package com.example.races.firstlogin;

import static com.example.provisioning.development.DevelopmentIssuer.ISSUER;
import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.identity.Identifiers;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.Loser;
import com.example.races.RaceDatabase;
import com.example.races.RaceTest;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * A login creates the organization and then the user; an import creates the user and then the organization. Both mean
 * the same person of the same company.
 *
 * <p>Anomaly: deadlock (40P01). Each waits for the key that the other has inserted and not committed. The gates stand
 * after the first INSERT of each, so that both have what the other one needs. The database must count one deadlock
 * where the orders differ, and none where there is one order for all.
 *
 * <p>In the wild: "deadlock detected" in logs of applications that reach the same tables by an API and by background
 * jobs; often taken for an overloaded server, and cured by fewer workers.
 */
@RaceTest
class FirstLogin08OppositeOrderTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    private final String company = newCompany();
    private final Newcomer ada = Newcomer.of(company, "Ada");
    private final OrganizationTable quick = onSessionsThatLookForDeadlocksAfter("1ms");
    private final OrganizationTable patient = onSessionsThatLookForDeadlocksAfter("30s");

    /** Broken: the server ends the deadlock by ending one of the two, and that one's caller gets it. */
    @Test
    void oppositeOrdersDeadlock(Race race) {
        var outcome = oppositeOrders(race, () -> organizationFirst(quick), () -> userFirst(quick));

        assertThat(outcome.evidence().deadlocks()).isEqualTo(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("40P01");
        assertThat(outcome).on("organization").rows(1).on("app_user").rows(1);
    }

    /** Fixed: whoever was ended starts over, and by then the other is through. */
    @Test
    void aDeadlockIsWorthAnotherTry(Race race) {
        var outcome = oppositeOrders(
                race, () -> onceMore(() -> organizationFirst(quick)), () -> onceMore(() -> userFirst(quick)));

        assertThat(outcome.evidence().deadlocks()).isEqualTo(1);
        assertThat(outcome).on("organization").rows(1).on("app_user").rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    /** Fixed: the application tries again, too, when somebody else's import takes the opposite order. */
    @Test
    void theApplicationSurvivesAnImportInTheOppositeOrder(Race race) {
        var outcome = oppositeOrders(
                race, () -> logins.login(ada).organization().id(), () -> userFirst(patient));

        // The login may be back before the import has noticed that the way is free, and they meet once more.
        assertThat(outcome.evidence().deadlocks()).isPositive();
        assertThat(outcome).on("organization").rows(1).on("app_user").rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    /** Better: one order for everybody. Whoever comes second waits at the first step, and holds nothing. */
    @Test
    void oneOrderForAllCannotDeadlock(Race race) {
        var outcome = race.holdAt(beforeInsertOn("organization"))
                .watch("app_user")
                .racer("login", () -> logins.login(ada).organization().id())
                .racer("import", () -> organizationFirst(quick))
                .release(Schedule.inOrder("import", "login"))
                .run();

        assertThat(outcome.evidence().deadlocks()).isZero();
        assertThat(outcome).on("organization").attempted(2).rows(1).on("app_user").rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    private static Outcome oppositeOrders(Race race, Supplier<UUID> login, Supplier<UUID> imports) {
        return race.holdAt(afterInsertOn("organization"), afterInsertOn("app_user"))
                .racer("login", login::get)
                .racer("import", imports::get)
                .run();
    }

    private static UUID onceMore(Supplier<UUID> work) {
        try {
            return work.get();
        } catch (PessimisticLockingFailureException deadlock) {
            return work.get();
        }
    }

    private UUID organizationFirst(OrganizationTable tables) {
        return tables.inTransaction(() -> {
            tables.insertUnlessThere(company);
            insertUser(tables);
            return CompanyName.of(company).organizationId();
        });
    }

    private UUID userFirst(OrganizationTable tables) {
        return tables.inTransaction(() -> {
            insertUser(tables);
            tables.insertUnlessThere(company);
            return CompanyName.of(company).organizationId();
        });
    }

    private void insertUser(OrganizationTable tables) {
        tables.sql("""
                        insert into app_user (id, issuer, subject, display_name) values (?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(Identifiers.ofUser(ISSUER, ada.subject()), ISSUER, ada.subject(), ada.name())
                .update();
    }

    /**
     * Who looks first finds the deadlock and is ended. Everybody looks once, after this time: if it is short, the one that
     * comes second finds the deadlock, and nobody waits for the second that is usual.
     */
    private static OrganizationTable onSessionsThatLookForDeadlocksAfter(String time) {
        var database = RaceDatabase.database();
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.username());
        dataSource.setPassword(database.password());
        dataSource.setOptions("-c race.armed=on -c deadlock_timeout=" + time);
        return new OrganizationTable(dataSource);
    }
}
