package com.example.races.dedupe;

import static com.example.races.Endings.endingsOf;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.workspace.job.JobRunner;
import com.example.races.Colleague;
import com.example.races.Answer;
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
 * A background job is enqueued once more while the first one ends.
 *
 * <p>Anomaly: check-then-act with the roles exchanged: who enqueues has found the job active, and it ends before the
 * answer is given. The gates stand on the end of the job and on the INSERT of the second one, because between the
 * two it is decided whether there is an active one. The database must show one active job at most; who asks gets the one
 * that was active, or a new one, and after the end always a new one.
 *
 * <p>In the wild: keys that are never given back, so that a job can be done once in its life; flags that a crash leaves
 * behind, which lock a button for ever.
 */
@RaceTest
class Dedupe03JobTests {

    /** All texts that are generated have numbers of one sequence. */
    private static final String GENERATION = "(?<=SUMMARY,)\\d+";

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Logins logins;
    private final Transactions transactions;
    private final JobRunner runner;
    private Colleague ada;
    private volatile UUID project;
    private volatile UUID first;

    Dedupe03JobTests(@Autowired Logins logins, @Autowired Transactions transactions, @Autowired JobRunner runner) {
        this.logins = logins;
        this.transactions = transactions;
        this.runner = runner;
    }

    @BeforeEach
    void aJobIsActive() {
        ada = Colleague.ofNewCompany(logins);
        startInANewProject();
    }

    /**
     * Broken: the job's identifier follows from its key, and stays when the job has ended. It can be done once for
     * ever.
     */
    @Test
    void aKeyThatIsNeverGivenBackLetsNobodyInAgain(Race race) {
        var outcome = whileItEnds(race, () -> transactions.sql("""
                        insert into generation_job (id, project_id, kind) values (?, ?, 'SUMMARY')
                        on conflict do nothing
                        """).params(first, project).update());

        assertThat(outcome.racer("again").value()).isEqualTo(0);
        assertThat(active()).isZero();
    }

    /** Fixed: the first one has ended by then, and the second one asked for is a new one. */
    @Test
    void onceItHasEndedTheNextOneIsNew(Race race) {
        var outcome = whileItEnds(race, this::start);

        assertThat(outcome).on("generation_job").rows(1);
        assertThat(((Answer) outcome.racer("again").value()).id()).isNotEqualTo(first);
        assertThat(active()).isEqualTo(1);
    }

    /** Fixed: in every interleaving it is the one that is active, or a new one. */
    @Test
    void enqueuedAgainWhileItEndsInEveryInterleaving(Race race) {
        var exploration = race.ignore(GENERATION)
                .before(run -> startInANewProject())
                .racer("worker", (Run run) -> end())
                .racer("again", (Run run) -> start().id().equals(first) ? "the same" : "a new one")
                .observe(run -> active() + " active")
                .holdAt(beforeWriteOn("generation_job"), beforeCommitAfter("generation_job"))
                .explore()
                .assertSerializable();

        endingsOf(exploration)
                .areExactly("worker ended; again the same; 0 active", "worker ended; again a new one; 1 active");
    }

    private Outcome whileItEnds(Race race, Callable<?> again) {
        return race.holdAt(beforeWriteOn("generation_job"))
                .racer("worker", this::end)
                .racer("again", again)
                .release(Schedule.inOrder("worker", "again"))
                .run();
    }

    private UUID startInANewProject() {
        project = ada.post(Map.of("name", "Engine"), "/projects").id();
        first = start().id();
        return first;
    }

    private Answer start() {
        return ada.post(Map.of("kind", "SUMMARY"), "/projects/{id}/jobs", project);
    }

    private String end() {
        runner.run(first);
        return "ended";
    }

    private int active() {
        return transactions
                .sql("select count(*) from generation_job where project_id = ? and state = 'ACTIVE'")
                .param(project)
                .query(Integer.class)
                .single();
    }
}
