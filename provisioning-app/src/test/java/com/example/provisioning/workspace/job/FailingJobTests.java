package com.example.provisioning.workspace.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.workspace.Colleague;
import com.example.provisioning.workspace.project.Project;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A job that fails, by the clock of the queue, which the test sets. */
@ApplicationTest
class FailingJobTests {

    private static final String JOBS = "/projects/{project}/jobs";

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    private Colleague ada;
    private UUID project;
    private ManualScheduler queue;

    @BeforeEach
    void nothingThatIsGeneratedCanBeKept(
            @Autowired DataSource dataSource, @Autowired OneTimeTask<Void> generationJob) {
        tables.sql("delete from scheduled_tasks").update();
        queue = TestHelper.createManualScheduler(dataSource, generationJob).clock(new SettableClock()).build();
        queue.setTime(Instant.now().truncatedTo(ChronoUnit.MILLIS).plusSeconds(60)); // what starts now is due
        ada = Colleague.ofNewCompany(caller);
        project = ada.post("/projects").body(Map.of("name", "Engine")).exchange()
                .expectBody(Project.class).returnResult().getResponseBody().id();
        tables.sql("""
                create function fail_generated() returns trigger language plpgsql as $$
                begin
                    raise exception 'as a test asked for';
                end
                $$
                """).update();
        tables.sql("create trigger fail before insert on generated for each row execute function fail_generated()")
                .update();
    }

    @AfterEach
    void mend() {
        tables.sql("drop function if exists fail_generated cascade").update();
    }

    @Test
    void isTriedAgainLaterAndLaterAndThenGivenUp() {
        var job = start();

        for (int pause : new int[] {10, 30, 90}) {
            queue.runAnyDueExecutions();
            assertThat(state(job)).isEqualTo(Job.State.ACTIVE);
            assertThat(start().id()).as("whoever asks again gets this one").isEqualTo(job.id());
            assertThat(nextTry(job)).contains(queue.getClock().now().plusSeconds(pause));
            queue.tick(Duration.ofSeconds(pause));
        }
        queue.runAnyDueExecutions();

        assertThat(state(job)).isEqualTo(Job.State.FAILED);
        assertThat(nextTry(job)).isEmpty();
        assertThat(start().id()).as("there is room for another one").isNotEqualTo(job.id());
    }

    @Test
    void isDoneIfALaterTrySucceeds() {
        var job = start();
        queue.runAnyDueExecutions();
        mend();

        queue.tick(Duration.ofSeconds(9));
        queue.runAnyDueExecutions();
        assertThat(state(job)).isEqualTo(Job.State.ACTIVE);

        queue.tick(Duration.ofSeconds(1));
        queue.runAnyDueExecutions();
        assertThat(state(job)).isEqualTo(Job.State.DONE);
        assertThat(nextTry(job)).isEmpty();
    }

    @Test
    void isTriedNoMoreOnceANewerOneHasTakenItsPlace() {
        var old = start();
        queue.runAnyDueExecutions();
        mend();

        var newer = ada.post(JOBS, project).body(Map.of("kind", "SUMMARY", "anew", true)).exchange()
                .expectBody(Job.class).returnResult().getResponseBody();
        queue.tick(Duration.ofSeconds(10));
        queue.runAnyDueExecutions();

        assertThat(state(old)).isEqualTo(Job.State.SUPERSEDED);
        assertThat(state(newer)).isEqualTo(Job.State.DONE);
        assertThat(nextTry(old)).isEmpty();
    }

    private Job start() {
        return ada.post(JOBS, project).body(Map.of("kind", "SUMMARY")).exchange()
                .expectStatus().isAccepted()
                .expectBody(Job.class).returnResult().getResponseBody();
    }

    private Job.State state(Job job) {
        return ada.get(JOBS + "/{id}", project, job.id()).exchange()
                .expectBody(Job.class).returnResult().getResponseBody().state();
    }

    private Optional<Instant> nextTry(Job job) {
        return tables.sql("select execution_time from scheduled_tasks where task_instance = ?")
                .param(job.id().toString())
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }
}
