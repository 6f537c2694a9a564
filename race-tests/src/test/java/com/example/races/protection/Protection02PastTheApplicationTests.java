package com.example.races.protection;

import static com.example.races.RaceDatabase.ownerDataSource;
import static com.example.races.RaceDatabase.sql;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.workspace.job.JobRunner;
import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.Loser;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Somebody writes past the application, which compares in its statements: a script, a migration, the next version.
 *
 * <p>Anomaly: check-then-act, with a check that was made long before: there were two owners, there was a project. One
 * after the other ends no better, so no lock and no isolation level is the cure. The gates stand before the writes, so that
 * neither has seen what the other one does. The database must show that a constraint stops what no statement compares any
 * more; rudely, but it does.
 *
 * <p>In the wild: the one-off script that mends one customer's data beside the running application.
 */
@RaceTest
class Protection02PastTheApplicationTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Transactions transactions;

    @Autowired
    JobRunner runner;

    private Colleague ada;
    private UUID project;

    @BeforeEach
    void aProject() {
        ada = Colleague.ofNewCompany(logins);
        project = ada.post(Map.of("name", "Engine"), "/projects").id();
    }

    /** Broken: without a check each of two takes an owner away, and none is left. */
    @Test
    void withoutACheckNoOwnerIsLeft(Race race) {
        try (var gone = WithoutConstraints.named("organization_has_an_owner")) {
            twoOwnersLess(race);

            assertThat(owners()).isZero();
        }
    }

    /** Fixed: the check in the table leaves one owner, whoever forgets to compare. */
    @Test
    void aCheckLeavesOneOwner(Race race) {
        var outcome = twoOwnersLess(race);

        assertThat(owners()).as("owners that are left").isEqualTo(1);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23514");
    }

    /** Fixed: the foreign key tells whoever writes for a project that is gone, whatever they write. */
    @ParameterizedTest
    @ValueSource(strings = {
        "asset (project_id, id, name, text) values (?, gen_random_uuid(), 'wheel', '')",
        "generation_job (project_id, id, kind) values (?, gen_random_uuid(), 'SUMMARY')",
        "generated (project_id, kind, generation, text) values (?, 'SUMMARY', 1, '')"
    })
    void nothingIsWrittenForAProjectThatIsGone(String row, Race race) {
        var table = row.split(" ")[0];

        var outcome = race.holdAt(beforeWriteOn("project"), beforeWriteOn(table))
                .racer("deletes", () -> transactions
                        .sql("delete from project where id = ?").param(project).update())
                .racer("writes", () -> transactions.sql("insert into " + row).param(project).update())
                .release(Schedule.inOrder("deletes", "writes"))
                .run();

        assertThat(outcome).on("project").rows(-1).on(table).rows(0);
        assertThat(Loser.of(outcome).sqlState()).isEqualTo("23503");
    }

    /** Broken: "is there a text?" Both hear no, both insert one, and no key says that one is enough. */
    @Test
    void withoutAKeyAProjectHasTwoTexts(Race race) {
        try (var gone = WithoutConstraints.named("generated_pkey")) {
            var outcome = race.holdAt(beforeInsertOn("generated"))
                    .racer("one", this::lookAndKeepAText)
                    .racer("other", this::lookAndKeepAText)
                    .run();

            assertThat(outcome).on("generated").attempted(2).uniqueViolations(0).rows(2);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    /** Fixed: two jobs of one kind, which only a script can start, end at the same moment. The key leaves one text. */
    @Test
    void twoJobsOfOneKindLeaveOneText(Race race) {
        try (var gone = WithoutConstraints.named("generation_job_one_active")) {
            var one = insertJob();
            var other = insertJob();

            var outcome = race.holdAt(beforeInsertOn("generated"))
                    .racer("one", () -> run(one))
                    .racer("other", () -> run(other))
                    .run();

            assertThat(outcome).on("generated").attempted(2).rows(1);
            assertThat(outcome).everyRacerSucceeded();
        }
    }

    private int lookAndKeepAText() {
        return transactions.in(() -> {
            boolean there = transactions.sql("select exists (select from generated where project_id = ?)")
                    .param(project)
                    .query(Boolean.class)
                    .single();
            return there
                    ? 0
                    : transactions
                            .sql("insert into generated (project_id, kind, generation, text) values (?, 'SUMMARY', 1, '')")
                            .param(project)
                            .update();
        });
    }

    private UUID insertJob() {
        return transactions
                .sql("insert into generation_job (id, project_id, kind) values (gen_random_uuid(), ?, 'SUMMARY') returning id")
                .param(project)
                .query(UUID.class)
                .single();
    }

    private String run(UUID job) {
        runner.run(job);
        return "ended";
    }

    private Outcome twoOwnersLess(Race race) {
        changeOwners(1);
        return race.holdAt(beforeUpdateOn("organization"))
                .racer("one", () -> changeOwners(-1))
                .racer("other", () -> changeOwners(-1))
                .run();
    }

    private int changeOwners(int by) {
        return transactions
                .sql("update organization set owners = owners + ? where id = ?")
                .params(by, ada.me().organization().id())
                .update();
    }

    private int owners() {
        return sql().sql("select owners from organization where id = ?")
                .param(ada.me().organization().id())
                .query(Integer.class)
                .single();
    }
}
