package com.example.races.membership;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.login.Me;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.Owners;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The one owner makes a colleague an owner, too, and clicks twice.
 *
 * <p>Anomaly: check-then-act ("is he one already?"). Both find a member, write the same role and count one owner more: the
 * role is right, and the count is not. The gate stands on the UPDATE of the membership, after the look. The database must
 * show as many owners counted as there are: two.
 *
 * <p>In the wild: a guard that never lets the last administrator go, and one day lets him go, because it trusts a number
 * that has counted him twice.
 */
@RaceTest
class Membership02PromotedTwiceTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final Newcomer ada = Newcomer.of(company, "Ada");
    private final Newcomer ben = Newcomer.of(company, "Ben");
    private final Transactions application;
    private final Logins logins;
    private final MemberCalls members;
    private UUID organization;
    private Me member;

    Membership02PromotedTwiceTests(@Autowired Transactions application, @Autowired Logins logins) {
        this.application = application;
        this.logins = logins;
        this.members = new MemberCalls(logins);
    }

    @BeforeEach
    void anOwnerAndAMember() {
        organization = logins.login(ada).organization().id();
        member = logins.login(ben);
    }

    /** Broken: two owners are counted as three, and when both leave the count says that one is left. */
    @Test
    void whoLooksAndThenCountsCountsTwice(Race race) {
        var outcome = twice(race, this::lookAndPromote);

        assertThat(outcome).on("membership").attempted(2);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(counted()).isEqualTo(3);
        assertThat(members.leave(ada)).hasToString("204");
        assertThat(members.leave(ben)).hasToString("204");
        assertThat(Owners.of(organization)).isZero();
    }

    /** Fixed, as the application does it: the UPDATE finds whoever has another role, and what it changed is counted. */
    @Test
    void whoReallyChangesTheRoleCounts(Race race) {
        var outcome = twice(race, this::promote);

        assertThat(counted()).as("owners that are counted").isEqualTo(2);
        assertThat(outcome).on("membership").attempted(2);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(outcome.racer("first").value()).isEqualTo("204");
        assertThat(Owners.of(organization)).isEqualTo(2);
    }

    private static Outcome twice(Race race, Callable<?> promote) {
        return race.holdAt(beforeUpdateOn("membership"))
                .racer("first", promote)
                .racer("second", promote)
                .run();
    }

    private String promote() {
        return members.changeRole(ada, member, "OWNER").toString();
    }

    private boolean lookAndPromote() {
        return application.in(() -> {
            var isOwner = application
                    .sql("select role = 'OWNER' from membership where organization_id = ? and user_id = ?")
                    .params(organization, member.user().id())
                    .query(Boolean.class)
                    .single();
            return !isOwner
                    && application
                                    .sql("update membership set role = 'OWNER' where organization_id = ? and user_id = ?")
                                    .params(organization, member.user().id())
                                    .update()
                            == 1
                    && application
                                    .sql("update organization set owners = owners + 1 where id = ?")
                                    .param(organization)
                                    .update()
                            == 1;
        });
    }

    private int counted() {
        return sql().sql("select owners from organization where id = ?").param(organization).query(Integer.class).single();
    }
}
