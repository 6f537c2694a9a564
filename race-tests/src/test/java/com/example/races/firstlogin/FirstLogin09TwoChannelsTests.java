package com.example.races.firstlogin;

import static com.example.provisioning.development.DevelopmentIssuer.ISSUER;
import static com.example.races.Logins.newCompany;
import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.Loser;
import com.example.races.Owners;
import com.example.races.RaceTest;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.Verdict;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/**
 * A first login and an administrator's API (or a directory that synchronises) create the same organization.
 *
 * <p>Anomaly: check-then-act between two programs that know nothing of each other: a lock in one of them is none for
 * the other, so the guarantee has to stand in the database. The gate stands on the INSERT of the organization, the
 * one thing that both do; where both mean the same person, also on those of the user and the membership. The database must
 * show 2 INSERTs attempted, 1 refused and 1 row, whoever comes first, and no deadlock; and both callers succeed.
 *
 * <p>In the wild: reports of accounts and groups that exist twice after provisioning over SCIM was switched on beside
 * sign-in over SSO, and of 409s that the directory repeats all night.
 */
@RaceTest
class FirstLogin09TwoChannelsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final String company = newCompany();
    private final Newcomer ada = Newcomer.of(company, "Ada");
    private final OrganizationTable organizations;
    private final Logins logins;

    FirstLogin09TwoChannelsTests(@Autowired DataSource application, @Autowired Logins logins) {
        this.organizations = new OrganizationTable(application);
        this.logins = logins;
    }

    /** Broken: the API draws an identifier of its own, and nothing in the table says that the two are one company. */
    @Test
    void withIdentifiersOfTheirOwnTheCompanyExistsTwice(Race race) {
        try (var gone = WithoutConstraints.named("organization_key_unique")) {
            var outcome = twoChannels(
                    race, Schedule.together(), this::login, () -> organizations.insert(UUID.randomUUID(), company));

            assertThat(outcome).on("organization").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Broken: both insert and hope. Whoever comes second gets an error: the directory a 409, the colleague a 500. */
    @ParameterizedTest
    @CsvSource({"login, directory", "directory, login"})
    void whoeverComesSecondFails(String first, String second, Race race) {
        var outcome = twoChannels(
                race,
                Schedule.inOrder(first, second),
                () -> organizations.find(company).orElseGet(() -> organizations.insert(company)),
                () -> organizations.insert(company));

        assertThat(outcome).on("organization").attempted(2).uniqueViolationsOf("organization_pkey", 1).rows(1);
        assertThat(Loser.of(outcome).name()).isEqualTo(second);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23505");
    }

    static Stream<Schedule> orders() {
        return Stream.of(
                Schedule.together(), Schedule.inOrder("login", "directory"), Schedule.inOrder("directory", "login"));
    }

    /** Fixed: both compute the same identifiers, both take what is there, and both answer it. One of them owns it. */
    @ParameterizedTest
    @MethodSource("orders")
    void bothChannelsAnswerTheSameOrganization(Schedule order, Race race) {
        var outcome = twoChannels(race.watch("workspace", "membership"), order, this::login, this::directory);

        assertThat(outcome).on("organization").attempted(2).refused(1).rows(1);
        assertThat(outcome).on("workspace").rows(1).on("membership").rows(2);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(Owners.of((UUID) outcome.racer("login").value())).isEqualTo(1);
    }

    /** Fixed: both mean the same person, and meet at whichever row is missing first. There is one of each, and no error. */
    @ParameterizedTest
    @ValueSource(strings = {"organization", "app_user", "membership"})
    void bothChannelsProvisionTheSamePerson(String firstThatIsMissing, Race race) {
        provisionWhatComesBefore(firstThatIsMissing);

        var outcome = race.holdAt(beforeInsertOn(firstThatIsMissing))
                .watch("organization", "app_user", "membership")
                .racer("login", this::login)
                .racer("directory", () -> directory(ada.subject()))
                .run();

        assertThat(outcome).on(firstThatIsMissing).attempted(2).refused(1).rows(1).on("membership").rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(membersCalled(ada)).isEqualTo(1);
    }

    /**
     * Fixed: both insert in one order, so whoever comes second waits at the first step, and holds nothing. What another order
     * leads to is in {@link FirstLogin08OppositeOrderTests}.
     */
    @ParameterizedTest
    @CsvSource({"login, directory", "directory, login"})
    void oneOrderForBothChannelsCannotDeadlock(String first, String second, Race race) {
        var channels = Map.<String, Callable<UUID>>of("login", this::login, "directory", () -> directory(ada.subject()));

        var outcome = race.holdAt(afterInsertOn("organization"), afterInsertOn("app_user"))
                .watch("membership")
                .racer(first, channels.get(first))
                .racer(second, channels.get(second))
                .acceptSerialised()
                .run();

        assertThat(outcome.evidence().deadlocks()).as("deadlocks").isZero();
        assertThat(outcome).hasVerdict(Verdict.SERIALISED).on("organization").rows(1).on("app_user").rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    private void provisionWhatComesBefore(String table) {
        if (!table.equals("organization")) {
            logins.login(Newcomer.of(company, "Founder"));
        }
        if (table.equals("membership")) {
            logins.login(new Newcomer(ada.subject(), ada.name(), newCompany()));
        }
    }

    private static Outcome twoChannels(Race race, Schedule order, Supplier<UUID> login, Supplier<UUID> directory) {
        return race.holdAt(beforeInsertOn("organization"))
                .racer("login", login::get)
                .racer("directory", directory::get)
                .release(order)
                .run();
    }

    private UUID login() {
        return logins.login(ada).organization().id();
    }

    private UUID directory() {
        return directory("ben-" + UUID.randomUUID());
    }

    /** @param subject of the owner, whom the issuer of the logins knows, too */
    private UUID directory(String subject) {
        var owner = Map.of("issuer", ISSUER, "subject", subject);
        var answer = Answer.to(
                logins.asDirectory(),
                HttpMethod.PUT,
                Map.of("company", company, "seats", 5, "owner", owner),
                "/api/provisioning/organizations");
        assertThat(answer).hasToString("200");
        return UUID.fromString(answer.at("/organizationId"));
    }

    private long membersCalled(Newcomer person) {
        return sql().sql("""
                        select count(*) from membership m
                          join organization o on o.id = m.organization_id
                          join app_user u on u.id = m.user_id
                         where o.name = ? and u.subject = ?
                        """)
                .params(company, person.subject())
                .query(Long.class)
                .single();
    }
}
