package com.example.races.firstlogin;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.provisioning.login.Me;
import com.example.provisioning.membership.Role;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceDatabase;
import com.example.races.RaceTest;
import dev.raceharness.CallGate;
import dev.raceharness.Fault;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.EmptyResultDataAccessException;

/**
 * The one who came first has written the organization and dies before her COMMIT is through, while the other waits
 * for her.
 *
 * <p>Anomaly: none, if one transaction does it all; else a half-made company, in which nobody can sign in any more.
 * The gate stands inside the COMMIT: everything is written, and the other one waits for the key. (Hence the verdict
 * SERIALISED: that wait is what is to be proved.) The database must show one row in each table, all of them the
 * survivor's.
 *
 * <p>In the wild: reports of an account that gets an error or is sent back to the sign-in page forever, and "fixed"
 * by a row that support inserts by hand: a deployment or a time-out came between two commits.
 */
@RaceTest
class FirstLogin07TheWinnerDiesTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final Newcomer ada = Newcomer.of(company, "Ada");
    private final Newcomer ben = Newcomer.of(company, "Ben");
    private final OrganizationTable organizations;
    private final Logins logins;

    FirstLogin07TheWinnerDiesTests(@Autowired DataSource application, @Autowired Logins logins) {
        this.organizations = new OrganizationTable(application);
        this.logins = logins;
    }

    /**
     * Broken: each step commits by itself. An organization without a workspace stays, and no later login gets past
     * it.
     */
    @Test
    void inSeveralTransactionsAHalfMadeCompanyStays(Race race) {
        var outcome = race.holdAt(beforeInsertOn("app_user"))
                .watch("organization", "workspace")
                .racer("ada", this::loginStepByStep)
                .racer("ben", this::loginStepByStep)
                .fault("ada", Fault.terminateBackend())
                .run();

        assertThat(outcome).on("organization").rows(1).on("workspace").attempted(0).rows(0);
        assertThat(outcome.racers()).noneMatch(racer -> racer.succeeded());
        assertThatThrownBy(this::loginStepByStep).isInstanceOf(EmptyResultDataAccessException.class);
    }

    static Stream<Fault> waysToDie() {
        return Stream.of(Fault.terminateBackend(), Fault.cancelStatement(), Fault.rollBack());
    }

    /** Fixed: nothing of hers remains, so the other one's INSERT goes through, and he is the founder. */
    @ParameterizedTest
    @MethodSource("waysToDie")
    void theOtherOneFoundsTheCompany(Fault death, Race race) {
        var outcome = race.holdAt(beforeCommitAfter("organization"))
                .acceptSerialised()
                .watch("workspace", "app_user", "membership")
                .racer("ada", () -> logins.login(ada))
                .racer("ben", () -> logins.login(ben))
                .fault("ada", death)
                .run();

        assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(1);
        assertThat(outcome).on("workspace").rows(1).on("app_user").rows(1).on("membership").rows(1);
        assertThat(outcome.racer("ada").succeeded()).isFalse();
        var his = (Me) outcome.racer("ben").value();
        assertThat(his.role()).isEqualTo(Role.OWNER);
        var hers = logins.login(ada);
        assertThat(hers.organization()).isEqualTo(his.organization());
        assertThat(hers.role()).isEqualTo(Role.MEMBER);
    }

    /** Fixed: a failure that is worth another try gets one, and then she is the second. */
    @Test
    void whoMustStartOverIsTheSecond(Race race) {
        var outcome = race.holdAt(beforeCommitAfter("organization"))
                .acceptSerialised()
                .watch("membership")
                .racer("ada", () -> logins.login(ada).organization())
                .racer("ben", () -> logins.login(ben).organization())
                .fault("ada", Fault.raise("40001"))
                .run();

        assertThat(outcome).on("organization").attempted(3).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(outcome).on("membership").rows(2);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    /**
     * Fixed: a real process is killed between its INSERT and its COMMIT; its server finds the line dead and rolls
     * back.
     */
    @Test
    void aKilledProcessLeavesNothingBehind(Race race) throws Exception {
        var doomed = new DoomedProcess(CompanyName.of(company), RaceDatabase.database());
        var killing = CallGate.before(Runnable.class, doomed::kill, "run");
        var outcome = race.holdAt(afterInsertOn("organization"), killing)
                .watch("workspace")
                .racer("ada", () -> {
                    doomed.run();
                    return "alive";
                })
                .racer("ben", () -> logins.login(ben).role())
                .racer("killer", () -> {
                    killing.proxy().run();
                    return "done";
                })
                .release(Schedule.steps("killer:run"))
                .run();

        assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(1);
        assertThat(outcome).on("workspace").rows(1);
        assertThat(outcome.racer("ada").succeeded()).isFalse();
        assertThat(outcome.racer("ben").value()).isEqualTo(Role.OWNER);
    }

    /** The organization is there already? Then somebody has made everything else, too: so it thinks. */
    private UUID loginStepByStep() {
        var found = organizations.find(company);
        var organization = found.orElseGet(() -> organizations.insert(company));
        var user = UUID.randomUUID();
        organizations.sql("insert into app_user (id, issuer, subject, display_name) values (?, 'races', ?, 'Somebody')")
                .params(user, user.toString())
                .update();
        if (found.isEmpty()) {
            organizations
                    .sql("insert into workspace (id, organization_id, name, is_default) values (?, ?, 'General', true)")
                    .params(UUID.randomUUID(), organization)
                    .update();
        }
        return organizations.sql("select id from workspace where organization_id = ? and is_default")
                .param(organization)
                .query(UUID.class)
                .single();
    }
}
