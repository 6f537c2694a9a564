package com.example.races.audit;

import static com.example.races.Endings.endingsOf;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterDeleteOn;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeDeleteOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.workspace.job.JobRunner;
import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import com.example.races.WithoutConstraints;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * TEST-RC-003: two users work on one project at the same time: they add an asset each, they edit the same field, one
 * deletes what the other one edits.
 *
 * <p>Anomaly: lost update (P4) where a collection is one value, or where the same field is written; check-then-act
 * where a child is added to a parent that is being deleted; deadlock (40P01) where a child is written before its parent is
 * asked for, and the parent's deletion takes them the other way round. The gates stand on the first write of each,
 * after all that they have read. The database must show both assets, one winner of a field, and no asset without its
 * project; whoever is refused is told why.
 *
 * <p>In the wild: lists kept in one JSON column, of which the entry of the slower user is missing; rows that point to
 * nothing, because "does it exist?" was asked in the code.
 */
@RaceTest
class Audit003TwoUsersTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private static final String ASSETS = "/projects/{id}/assets";

    private final Logins logins;
    private final Transactions transactions;
    private final JobRunner runner;
    private Colleague ada;
    private Colleague ben;
    private volatile UUID project;

    Audit003TwoUsersTests(
            @Autowired Logins logins, @Autowired Transactions transactions, @Autowired JobRunner runner) {
        this.logins = logins;
        this.transactions = transactions;
        this.runner = runner;
    }

    @BeforeEach
    void twoColleaguesShareAProject() {
        var company = Logins.newCompany();
        ada = Colleague.signIn(logins, Newcomer.of(company, "Ada"));
        ben = Colleague.signIn(logins, Newcomer.of(company, "Ben"));
        project = newProject();
    }

    private UUID newProject() {
        return ada.post(Map.of("name", "Engine"), "/projects").id();
    }

    /** Broken: the list is read, made longer and written back as a whole. One of the two assets is lost. */
    @Test
    void aListThatIsWrittenBackLosesAnAsset(Race race) {
        var outcome = race.holdAt(beforeUpdateOn("project"))
                .racer("ada", () -> appendToName(" wheel"))
                .racer("ben", () -> appendToName(" axle"))
                .run();

        assertThat(outcome).on("project").attempted(2);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(name()).isIn("Engine wheel", "Engine axle");
    }

    /** Fixed: each asset is a row, and nobody is in the other one's way. */
    @Test
    void twoAssetsAreBothThere(Race race) {
        var outcome = race.holdAt(beforeInsertOn("asset"))
                .holdAt(beforeUpdateOn("project"))
                .racer("ada", () -> add(ada, "wheel"))
                .racer("ben", () -> add(ben, "axle"))
                .run();

        assertThat(outcome).on("asset").attempted(2).rows(2);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsOnly("201");
        assertThat(ada.get("/projects/{id}", project).at("/assetCount")).isEqualTo("2");
        assertThat(ben.get(ASSETS, project).body().at("/items").findValuesAsString("name"))
                .containsExactlyInAnyOrder("wheel", "axle");
        assertThat(inTheAuditLog("asset.added")).containsExactlyInAnyOrder(ada.user(), ben.user());
    }

    /** Fixed: of the same field one change gets through, and the other user is told what is there now. */
    @Test
    void ofTheSameFieldOneIsToldThatItChanged(Race race) {
        var outcome = race.holdAt(beforeUpdateOn("project"))
                .racer("ada", () -> rename(ada, "Analytical engine"))
                .racer("ben", () -> rename(ben, "Difference engine"))
                .run();

        assertThat(outcome).on("project").attempted(2);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("200", "409 project-changed");
    }

    /** Broken: it was empty when somebody looked, and nothing in the database says that an asset needs a project. */
    @Test
    void withoutAForeignKeyAnAssetOfNothingRemains(Race race) {
        try (var gone = WithoutConstraints.named("asset_project_fkey")) {
            var outcome = race.holdAt(beforeWriteOn("asset"), beforeWriteOn("project"))
                    .racer("ada", () -> transactions
                            .sql("delete from project where id = ?").param(project).update())
                    .racer("ben", () -> transactions
                            .sql("insert into asset (id, project_id, name, text) values (?, ?, 'wheel', '')")
                            .params(UUID.randomUUID(), project)
                            .update())
                    .run();

            assertThat(outcome).everyRacerSucceeded();
            assertThat(outcome).on("project").rows(-1).on("asset").rows(1);
        }
    }

    /** Fixed: the asset keeps the project, or the project is gone and whoever adds to it is told. */
    @ParameterizedTest
    @ValueSource(strings = {"ada,ben", "ben,ada"})
    void deletingTheProjectOrAddingToItWins(String order, Race race) {
        var outcome = race.holdAt(beforeWriteOn("project"))
                .watch("asset")
                .racer("ada", () -> ada.delete("/projects/{id}?version=1", project).toString())
                .racer("ben", () -> add(ben, "wheel"))
                .release(Schedule.inOrder(order.split(",")))
                .run();

        boolean deleted = order.startsWith("ada");
        assertThat(outcome.racer("ada").value()).isEqualTo(deleted ? "204" : "409 project-not-empty");
        assertThat(outcome.racer("ben").value()).isEqualTo(deleted ? "404 not-found" : "201");
        assertThat(outcome).on("project").rows(deleted ? -1 : 0).on("asset").rows(deleted ? 0 : 1);
    }

    /** Broken: a job and then its project, against a project and then its jobs: the server ends one of the two. */
    @Test
    void whoComesToTheProjectByItsJobDeadlocks(Race race) {
        var job = start(ben);

        var outcome = deletingAgainst(race, () -> transactions.in(() -> {
            transactions.sql("update generation_job set state = 'DONE', ended_at = now() where id = ?")
                    .param(job)
                    .update();
            return transactions
                    .sql("insert into generated (project_id, kind, generation, text) values (?, 'SUMMARY', 1, '')")
                    .param(project)
                    .update();
        }));

        assertThat(outcome.evidence().deadlocks()).isEqualTo(1);
    }

    /** Fixed: whoever ends a job, or starts another one, comes by the project, which cannot be deleted then. */
    @ParameterizedTest
    @ValueSource(strings = {"ended", "started anew"})
    void theProjectComesBeforeItsJobs(String job, Race race) {
        var active = start(ben);

        var outcome = deletingAgainst(race.acceptSerialised(), () -> {
            if (job.equals("ended")) {
                runner.run(active);
            } else {
                start(ben);
            }
            return "";
        });

        assertThat(outcome.evidence().deadlocks()).as("deadlocks").isZero();
        assertThat(outcome).everyRacerSucceeded();
        assertThat(outcome.racer("ada").value()).isEqualTo("204");
    }

    /** Fixed: whoever starts a job in a project that is deleted at this moment is told that it is gone. */
    @Test
    void inAProjectThatIsGoneNoJobIsStarted(Race race) {
        var outcome = race.holdAt(afterDeleteOn("project"))
                .acceptSerialised()
                .watch("generation_job")
                .racer("ada", () -> ada.delete("/projects/{id}?version=1", project).toString())
                .racer("ben", () -> ben.post(Map.of("kind", "SUMMARY"), "/projects/{id}/jobs", project).toString())
                .run();

        assertThat(outcome.racer("ada").value()).isEqualTo("204");
        assertThat(outcome.racer("ben").value()).isEqualTo("404 not-found");
        assertThat(outcome).on("generation_job").rows(0);
    }

    /** Fixed: in every interleaving one of the two is through, and the other one is told what has become of the project. */
    @Test
    void deletingAgainstEditingInEveryInterleaving(Race race) {
        var exploration = race.before(run -> project = newProject())
                .racer("ada", (Run run) -> ada.delete("/projects/{id}?version=1", project).toString())
                .racer("ben", (Run run) -> rename(ben, "Difference engine"))
                .holdAt(beforeWriteOn("project"), beforeCommitAfter("project"))
                .explore()
                .assertSerializable();

        endingsOf(exploration)
                .areExactly("ada 204; ben 404 not-found", "ada 409 project-changed; ben 200");
    }

    private List<UUID> inTheAuditLog(String action) {
        return transactions
                .sql("select actor::uuid from audit_entry where organization_id = ? and action = ?")
                .params(ada.me().organization().id(), action)
                .query(UUID.class)
                .list();
    }

    private String add(Colleague who, String name) {
        return who.post(Map.of("name", name, "text", ""), ASSETS, project).toString();
    }

    /** The project's jobs are deleted with it, in the same statement. */
    private Outcome deletingAgainst(Race race, Callable<?> job) {
        return race.holdAt(beforeInsertOn("generated"), beforeInsertOn("generation_job"), beforeDeleteOn("generation_job"))
                .racer("ben", job)
                .racer("ada", () -> ada.delete("/projects/{id}?version=1", project).toString())
                .run();
    }

    private UUID start(Colleague who) {
        return who.post(Map.of("kind", "SUMMARY", "anew", true), "/projects/{id}/jobs", project).id();
    }

    private String rename(Colleague who, String name) {
        return who.put(Map.of("name", name, "version", 1), "/projects/{id}", project).toString();
    }

    /** Takes the name for a list, for want of a worse column. */
    private int appendToName(String asset) {
        return transactions.in(() -> transactions
                .sql("update project set name = ? where id = ?")
                .params(name() + asset, project)
                .update());
    }

    private String name() {
        return transactions.sql("select name from project where id = ?").param(project).query(String.class).single();
    }
}
