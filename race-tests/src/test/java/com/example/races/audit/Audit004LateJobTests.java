package com.example.races.audit;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.workspace.job.JobRunner;
import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * TEST-RC-004: an old job takes so long that a newer one of the same kind ends first, or that it ends while somebody
 * supersedes it.
 *
 * <p>Anomaly: check-then-act ("am I still the latest?"), or no check at all: a newer result is overwritten by an older one;
 * and superseding what has ended meanwhile is a lost update (P4) of its state. The gate stands on the first write of the
 * old job, after its text is ready; the newer job is started and ends meanwhile. The database must show the newer text and
 * the generation of the newer job; and of a job whose text was kept, that it has ended.
 *
 * <p>In the wild: search results of an earlier key stroke, previews and exports that go back in time. "Am I still the
 * latest?" is asked in the code, and answered before the newer one begins.
 */
@RaceTest
class Audit004LateJobTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Logins logins;
    private final Transactions transactions;
    private final JobRunner runner;
    private Colleague ada;
    private volatile UUID project;
    private volatile UUID old;

    Audit004LateJobTests(
            @Autowired Logins logins, @Autowired Transactions transactions, @Autowired JobRunner runner) {
        this.logins = logins;
        this.transactions = transactions;
        this.runner = runner;
    }

    @BeforeEach
    void anOldJobIsActive() {
        ada = Colleague.ofNewCompany(logins);
        startInANewProject();
    }

    private UUID startInANewProject() {
        project = ada.post(Map.of("name", "Engine"), "/projects").id();
        old = start();
        return old;
    }

    /** Broken: whoever ends last wins. */
    @Test
    void whoEndsLastWins(Race race) {
        theOldOneEndsLast(race, () -> keep(old));

        assertThat(generation()).isEqualTo(generationOf(old));
    }

    /** Broken: "am I still the latest?" Yes, a moment ago. */
    @Test
    void whoAsksWhetherItIsTheLatestGoesBackInTimeAsWell(Race race) {
        theOldOneEndsLast(race, () -> transactions.in(() -> isActive(old) && keep(old)));

        assertThat(generation()).isEqualTo(generationOf(old));
    }

    /** Fixed: ending the job and keeping its text is one thing, and a superseded job cannot end. */
    @Test
    void theNewerTextStays(Race race) {
        var outcome = theOldOneEndsLast(race, () -> end(old));

        assertThat(outcome).everyRacerSucceeded();
        assertThat(outcome).on("generation_job").rows(1).on("generated").rows(1);
        assertThat(generation() == generationOf(old) ? "old" : "newer").as("the text that stays").isEqualTo("newer");
        assertThat(generation()).isEqualTo(generationOf((UUID) outcome.racer("newer").value()));
        assertThat(stateOfTheOldOne()).isEqualTo("SUPERSEDED");
    }

    /** Fixed: nobody comes between the end of a job and its text, for both are written in one transaction. */
    @Test
    void theEndAndTheTextAreOne(Race race) {
        race.holdAt(beforeInsertOn("generated"))
                .acceptSerialised()
                .racer("old", () -> end(old))
                .racer("newer", () -> end(start()))
                .release(Schedule.inOrder("newer", "old"))
                .run();

        assertThat(generation() == generationOf(old) ? "old" : "newer").as("the text that stays").isEqualTo("newer");
    }

    /** Fixed: in every interleaving the text is of the latest job that has ended. */
    @Test
    void anOldJobAgainstANewerOneInEveryInterleaving(Race race) {
        race.before(run -> startInANewProject())
                .racer("old", (Run run) -> end(old))
                .racer("newer", (Run run) -> end(start()))
                .observe(run -> generation() == generationOf(old) ? "of the old one" : "of the newer one")
                .forbid("the text of the old job", outcome -> outcome.toString().contains("of the old one"))
                .ignore("(?<=SUMMARY,)\\d+") // the generations go on from run to run
                .holdAt(beforeWriteOn("generation_job"), beforeCommitAfter("generation_job"))
                .explore()
                .assertSerializable();
    }

    /** Broken: it was active when somebody looked. Now it is said to be superseded, and it is its text that is there. */
    @Test
    void whoLooksAndThenSupersedesWritesOverTheEnd(Race race) {
        theOldOneEndsFirst(race, this::lookAndSupersede);

        assertThat(stateOfTheOldOne()).isEqualTo("SUPERSEDED");
        assertThat(generation()).isEqualTo(generationOf(old));
    }

    /** Fixed: the statement that supersedes waits for the end of the job, and looks again whether it is active. */
    @Test
    void whatHasEndedIsNotSuperseded(Race race) {
        var outcome = theOldOneEndsFirst(race, this::start);

        assertThat(outcome).everyRacerSucceeded();
        assertThat(outcome).on("generation_job").rows(1).on("generated").rows(1);
        assertThat(stateOfTheOldOne()).as("what is said of the job that has ended").isEqualTo("DONE");
    }

    private Outcome theOldOneEndsFirst(Race race, Callable<?> supersede) {
        return race.holdAt(beforeUpdateOn("generation_job"))
                .watch("generated")
                .racer("old", () -> end(old))
                .racer("newer", supersede)
                .release(Schedule.inOrder("old", "newer"))
                .run();
    }

    private Outcome theOldOneEndsLast(Race race, Callable<?> end) {
        return race.holdAt(beforeWriteOn("generation_job"), beforeWriteOn("generated"))
                .racer("old", end)
                .racer("newer", () -> {
                    var newer = start();
                    runner.run(newer);
                    return newer;
                })
                .release(Schedule.inOrder("newer", "old"))
                .run();
    }

    private UUID start() {
        return ada.post(Map.of("kind", "SUMMARY", "anew", true), "/projects/{id}/jobs", project).id();
    }

    private String end(UUID job) {
        runner.run(job);
        return "ended";
    }

    private boolean keep(UUID job) {
        return transactions.sql("""
                        insert into generated (project_id, kind, generation, text)
                        select project_id, kind, generation, 'late' from generation_job where id = ?
                        on conflict (project_id, kind) do update
                           set generation = excluded.generation, text = excluded.text
                        """).param(job).update() == 1;
    }

    private int lookAndSupersede() {
        return transactions.in(() -> isActive(old)
                ? transactions.sql("update generation_job set state = 'SUPERSEDED', ended_at = now() where id = ?")
                        .param(old).update()
                : 0);
    }

    private String stateOfTheOldOne() {
        return ada.get("/projects/{project}/jobs/{id}", project, old).at("/state");
    }

    private boolean isActive(UUID job) {
        return transactions.sql("select state = 'ACTIVE' from generation_job where id = ?")
                .param(job).query(Boolean.class).single();
    }

    private long generation() {
        return transactions.sql("select generation from generated where project_id = ?")
                .param(project).query(Long.class).single();
    }

    private long generationOf(UUID job) {
        return transactions.sql("select generation from generation_job where id = ?")
                .param(job).query(Long.class).single();
    }
}
