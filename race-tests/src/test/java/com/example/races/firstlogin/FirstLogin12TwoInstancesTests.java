package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.SecondInstance;
import com.example.races.WithoutConstraints;
import dev.raceharness.Race;
import dev.raceharness.RaceNotForcedException;
import dev.raceharness.junit.RaceExtension;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two instances of the application, each in a JVM of its own, on one database: two colleagues of a new company come
 * to one each.
 *
 * <p>Anomaly: check-then-act. The gate stands on the INSERT of the organization, after the check, and in the database,
 * so that it holds racers of any process. The database must show 2 INSERTs attempted, 1 unique violation and 1 row, as in one
 * instance.
 *
 * <p>In the wild: "we put {@code synchronized} around it and it is gone", until the second instance is started, or
 * until a rolling deployment runs two for a minute.
 */
@RaceTest
class FirstLogin12TwoInstancesTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());


    private final String company = newCompany();
    private final LockedInMemory here;
    private final Logins logins;
    private final SecondInstance second;

    FirstLogin12TwoInstancesTests(
            @Autowired DataSource application, @Autowired Logins logins, @Autowired SecondInstance second) {
        this.here = new LockedInMemory(application);
        this.logins = logins;
        this.second = second;
    }

    /**
     * Broken, and it does not show: in one instance the lock in memory lets nobody in, so this race cannot be forced.
     */
    @Test
    void inOneInstanceALockInMemoryLooksLikeAFix(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var hurried = race.holdAt(beforeInsertOn("organization"))
                    .arriveWithin(Duration.ofMillis(500))
                    .racer("ada", () -> here.apply(company))
                    .racer("ben", () -> here.apply(company));

            assertThatThrownBy(hurried::run)
                    .isInstanceOf(RaceNotForcedException.class)
                    .hasMessageContaining("waits outside the database");
            assertThat(organizations()).isEqualTo(1);
        }
    }

    /** Broken: each instance has a lock of its own. */
    @Test
    void inTwoInstancesItIsTwoLocksAndTwoOrganizations(Race race) {
        second.address(); // it has started
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = race.holdAt(beforeInsertOn("organization"))
                    .racer("here", () -> here.apply(company))
                    .racer("there", () -> second.ask(LockedInMemory.class, company))
                    .run();

            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Fixed: what lines them up is in the one place that they share. */
    @Test
    void twoInstancesMakeOneOrganization(Race race) {
        var there = logins.at(second.address());
        var outcome = race.holdAt(beforeInsertOn("organization"))
                .arriveWithin(Duration.ofSeconds(30)) // the second instance answers its first request
                .watch("workspace", "app_user", "membership")
                .racer("here", () -> logins.login(Newcomer.of(company, "Ada")).organization().id())
                .racer("there", () -> there.login(Newcomer.of(company, "Ben")).organization().id())
                .run();

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(outcome).on("workspace").rows(1).on("app_user").rows(2).on("membership").rows(2);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    private long organizations() {
        return sql().sql("select count(*) from organization where name = ?")
                .param(company)
                .query(Long.class)
                .single();
    }

    /** A fix that many a tracker recommends. */
    static final class LockedInMemory implements UnaryOperator<String> {

        private final NaiveProvisioning provisioning;

        LockedInMemory(DataSource application) {
            this.provisioning = new NaiveProvisioning(application);
        }

        @Override
        public String apply(String company) {
            synchronized (LockedInMemory.class) {
                return provisioning.organizationOf(company).toString();
            }
        }
    }
}
