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
import dev.raceharness.junit.RaceExtension;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A project's address is made of its name: "plan", and if that is taken "plan-2", "plan-3" and so on. Two projects with
 * one name are created at the same moment.
 *
 * <p>Anomaly: check-then-act, where the check chooses what to write. The gate stands on the INSERT of the project,
 * after the choice. The database must show two projects with two addresses, the next two that were free.
 *
 * <p>In the wild: slugs and user names with a number behind them, chosen by a loop over SELECTs; two workspaces that
 * share an address, or an error for a name that was offered.
 */
@RaceTest
class Elsewhere03SlugTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Transactions transactions;

    @BeforeEach
    void onePlan() {
        Elsewhere.create("""
                create table elsewhere.project (
                    slug text not null,
                    constraint project_slug_unique unique (slug));
                insert into elsewhere.project values ('plan')
                """);
    }

    @AfterEach
    void gone() {
        Elsewhere.drop();
    }

    /** Broken: both choose "plan-2". */
    @Test
    void withoutAConstraintBothGetTheSame(Race race) {
        Elsewhere.execute("alter table elsewhere.project drop constraint project_slug_unique");

        var outcome = both(race, this::firstThatLooksFree);

        assertThat(outcome).on("elsewhere.project").attempted(2).rows(2);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(outcome.racer("ada").value()).isEqualTo("plan-2");
    }

    /** Broken: both choose "plan-2", one is refused, and "plan-3" would have been free. */
    @Test
    void withAConstraintOneIsRefusedAnAddressThatNobodyAskedFor(Race race) {
        var outcome = both(race, this::firstThatLooksFree);

        assertThat(outcome).on("elsewhere.project").attempted(2).uniqueViolationsOf("project_slug_unique", 1).rows(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23505");
    }

    /** Fixed: the INSERT is the question. Where it inserts nothing, the next one is tried. */
    @Test
    void whoAsksByInsertingGetsTheNext(Race race) {
        var outcome = both(race, this::firstThatCanBeInserted);

        assertThat(outcome).on("elsewhere.project").rows(2);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactlyInAnyOrder("plan-2", "plan-3");
    }

    private static Outcome both(Race race, Supplier<String> create) {
        return race.holdAt(beforeInsertOn("elsewhere.project").when("new.slug = 'plan-2'"))
                .racer("ada", create::get)
                .racer("ben", create::get)
                .run();
    }

    private String firstThatLooksFree() {
        return transactions.in(() -> {
            var slug = IntStream.iterate(1, number -> number + 1)
                    .mapToObj(Elsewhere03SlugTests::slug)
                    .filter(candidate -> !transactions
                            .sql("select exists (select from elsewhere.project where slug = ?)")
                            .param(candidate)
                            .query(Boolean.class)
                            .single())
                    .findFirst()
                    .orElseThrow();
            transactions.sql("insert into elsewhere.project values (?)").param(slug).update();
            return slug;
        });
    }

    private String firstThatCanBeInserted() {
        return transactions.in(() -> IntStream.iterate(1, number -> number + 1)
                .mapToObj(Elsewhere03SlugTests::slug)
                .filter(candidate -> transactions
                                .sql("insert into elsewhere.project values (?) on conflict do nothing")
                                .param(candidate)
                                .update()
                        == 1)
                .findFirst()
                .orElseThrow());
    }

    private static String slug(int number) {
        return number == 1 ? "plan" : "plan-" + number;
    }
}
