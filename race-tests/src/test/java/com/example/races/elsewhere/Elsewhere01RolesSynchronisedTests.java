package com.example.races.elsewhere;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Loser;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Verdict;
import dev.raceharness.junit.RaceExtension;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Each login brings the roles of the person up to date: it deletes those that there are and inserts those of the token.
 * One person logs in twice at the same moment.
 *
 * <p>Anomaly: check-then-act, where the check is a DELETE: what the other one inserts after it has looked, it does not
 * delete. The gate stands on the INSERT of the first role, after the DELETE. The database must show each role once, and
 * both logins must succeed.
 *
 * <p>In the wild: group and role mappings that are synchronised from the identity provider at every login, with
 * duplicate key errors in the log whenever a browser restores its tabs.
 */
@RaceTest
class Elsewhere01RolesSynchronisedTests {

    private static final List<String> ROLES = List.of("editor", "reader");

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Transactions transactions;

    @BeforeEach
    void onePerson() {
        Elsewhere.create("""
                create table elsewhere.person (id int primary key);
                insert into elsewhere.person values (1);
                create table elsewhere.person_role (
                    person_id int not null,
                    role text not null,
                    constraint person_role_unique unique (person_id, role))
                """);
    }

    @AfterEach
    void gone() {
        Elsewhere.drop();
    }

    /** Broken: both find nothing to delete, and each role is there twice. */
    @Test
    void withoutAConstraintEachRoleIsThereTwice(Race race) {
        Elsewhere.execute("alter table elsewhere.person_role drop constraint person_role_unique");

        var outcome = bothLogIn(race, () -> transactions.in(this::deleteAllAndInsert));

        assertThat(outcome).everyRacerSucceeded();
        assertThat(outcome).on("elsewhere.person_role").rows(4);
    }

    /** Broken: a constraint, and one of the two cannot log in. */
    @Test
    void withAConstraintOneLoginFails(Race race) {
        var outcome = bothLogIn(race, () -> transactions.in(this::deleteAllAndInsert));

        assertThat(outcome).on("elsewhere.person_role").uniqueViolationsOf("person_role_unique", 1).rows(2);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23505");
    }

    /** Fixed: the person's row is locked before anything is deleted. */
    @Test
    void aLockOnThePersonLinesThemUp(Race race) {
        var outcome = bothLogIn(race.acceptSerialised(), () -> transactions.in(() -> {
            transactions.sql("select id from elsewhere.person where id = 1 for update").query().singleRow();
            return deleteAllAndInsert();
        }));

        assertThat(outcome).hasVerdict(Verdict.SERIALISED).everyRacerSucceeded();
        assertThat(outcome).on("elsewhere.person_role").uniqueViolations(0).rows(2);
    }

    /** Fixed: only the difference is written, and what the other one has written is no difference any more. */
    @Test
    void whoWritesOnlyTheDifferenceMeetsNobody(Race race) {
        var outcome = bothLogIn(race, () -> transactions.in(() -> {
            transactions.sql("delete from elsewhere.person_role where person_id = 1 and role not in (:roles)")
                    .param("roles", ROLES)
                    .update();
            return insertAll(" on conflict do nothing");
        }));

        assertThat(outcome).everyRacerSucceeded();
        assertThat(outcome).on("elsewhere.person_role").rows(2);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder(2, 0);
    }

    private static Outcome bothLogIn(Race race, Supplier<Integer> logIn) {
        return race.holdAt(beforeInsertOn("elsewhere.person_role"))
                .racer("tab1", logIn::get)
                .racer("tab2", logIn::get)
                .run();
    }

    private int deleteAllAndInsert() {
        transactions.sql("delete from elsewhere.person_role where person_id = 1").update();
        return insertAll("");
    }

    /** One INSERT, in one order: two that lock the same keys in opposite orders could wait for each other. */
    private int insertAll(String onConflict) {
        return transactions.sql("""
                        insert into elsewhere.person_role (person_id, role)
                        select 1, role from unnest(string_to_array(?, ',')) role
                        """ + onConflict)
                .param(String.join(",", ROLES))
                .update();
    }
}
