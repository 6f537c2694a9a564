package com.example.races.seat;

import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.login.Me;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.SqlError;
import dev.raceharness.Verdict;
import dev.raceharness.junit.RaceExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * One seat is left, and two guests take it at the same moment.
 *
 * <p>Anomaly: write skew (G2), by rows that nobody can lock, for they are not there when they are counted. Each inserts a
 * membership of its own: no row is written twice, and no key is violated. The gate stands on the INSERT of the membership,
 * after the count. The database must show one membership more, never two.
 *
 * <p>In the wild: plans of ten people with eleven in them, vouchers that are redeemed by one too many, and the last
 * ticket sold twice.
 */
@RaceTest
class Seat01LastSeatTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Guests guests;
    private final Logins logins;
    private final Transactions application;
    private final Newcomer ada = Newcomer.of(newCompany(), "Ada");
    private final Newcomer ben = Newcomer.of(newCompany(), "Ben");
    private Me host;

    Seat01LastSeatTests(@Autowired Transactions application, @Autowired Logins logins) {
        this.application = application;
        this.logins = logins;
        this.guests = Guests.ofNewCompany(logins);
    }

    @BeforeEach
    void oneSeat() {
        host = guests.host(1);
    }

    /** Broken: both count none, both get the one seat. */
    @ParameterizedTest
    @EnumSource(names = {"COUNT", "COUNT_UNDER_REPEATABLE_READ"})
    void whoCountsAndThenInsertsGivesItTwice(WayToASeat way, Race race) {
        var outcome = bothTake(race, way);

        assertThat(outcome).hasVerdict(Verdict.FORCED);
        assertThat(outcome).on("membership").attempted(2).rows(2);
        assertThat(outcome).everyRacerReturnedTheSame(); // "it is yours", says the code to both
    }

    /** Fixed: whatever the way, one gets it and the other is told. One test serves them all. */
    @ParameterizedTest
    @EnumSource(names = {"COUNT", "COUNT_UNDER_REPEATABLE_READ"}, mode = EnumSource.Mode.EXCLUDE)
    void oneOfThemGetsIt(WayToASeat way, Race race) {
        var outcome = bothTake(race.acceptSerialised(), way);

        assertThat(outcome).on("membership").rows(1);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(true, false);
    }

    /** The server says so to the slower one of two who write the organization, and not to those who wait their turn. */
    @Test
    void theSlowerOneIsRefusedAndTriesAgain(Race race) {
        var outcome = bothTake(race.acceptSerialised(), WayToASeat.WRITE_THE_ORGANIZATION_UNDER_REPEATABLE_READ);

        assertThat(outcome.evidence().errors().orElseThrow()).extracting(SqlError::sqlState).containsExactly("40001");
    }

    /** Fixed, as the application does it, over HTTP: two invitations into one seat. */
    @Test
    void theApplicationLetsOneIn(Race race) {
        List.of(ada, ben).forEach(logins::login);
        var first = guests.invite();
        var second = guests.invite();

        var outcome = race.holdAt(beforeInsertOn("membership"))
                .watch("audit_entry")
                .racer("ada", () -> guests.accept(ada, first).toString())
                .racer("ben", () -> guests.accept(ben, second).toString())
                .run();

        assertThat(outcome).on("membership").attempted(2).rows(1).on("audit_entry").rows(1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("200", "409 no-seat-left");
        assertThat(sql().sql("select count(*) from invitation where organization_id = ? and accepted_by is null")
                        .param(host.organization().id())
                        .query(Long.class)
                        .single())
                .as("invitations that are still good")
                .isEqualTo(1);
    }

    private Outcome bothTake(Race race, WayToASeat way) {
        var organization = host.organization().id();
        var first = logins.login(ada).user().id();
        var second = logins.login(ben).user().id();
        return race.holdAt(beforeInsertOn("membership"))
                .racer("ada", () -> way.take(application, organization, first))
                .racer("ben", () -> way.take(application, organization, second))
                .run();
    }
}
