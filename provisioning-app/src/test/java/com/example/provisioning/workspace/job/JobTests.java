package com.example.provisioning.workspace.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.workspace.Colleague;
import com.example.provisioning.workspace.project.Project;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class JobTests {

    private static final String JOBS = "/projects/{project}/jobs";
    private static final String SUMMARY = "/projects/{project}/generated/SUMMARY";

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    @Autowired
    JobRunner runner;

    private Colleague ada;
    private UUID project;

    @BeforeEach
    void adaHasAProject() {
        ada = Colleague.ofNewCompany(caller);
        project = ada.post("/projects").body(Map.of("name", "Engine")).exchange()
                .expectBody(Project.class).returnResult().getResponseBody().id();
    }

    private ResponseSpec click(Colleague who, String kind, boolean anew) {
        return who.post(JOBS, project).body(Map.of("kind", kind, "anew", anew)).exchange();
    }

    private Job started(String kind, boolean anew) {
        return click(ada, kind, anew).expectStatus().isAccepted()
                .expectBody(Job.class).returnResult().getResponseBody();
    }

    private Job.State state(Job job) {
        return ada.get(JOBS + "/{id}", project, job.id()).exchange()
                .expectBody(Job.class).returnResult().getResponseBody().state();
    }

    private Generated summary() {
        return ada.get(SUMMARY, project).exchange()
                .expectStatus().isOk()
                .expectBody(Generated.class).returnResult().getResponseBody();
    }

    /** As the queue does in production, now and in this thread. */
    private static void work(DataSource dataSource, OneTimeTask<Void> generationJob) {
        var now = new SettableClock();
        now.set(Instant.now());
        TestHelper.createManualScheduler(dataSource, generationJob).clock(now).build().runAnyDueExecutions();
    }

    @Test
    void theQueueDoesTheJob(@Autowired DataSource dataSource, @Autowired OneTimeTask<Void> generationJob) {
        ada.get(SUMMARY, project).exchange().expectStatus().isNotFound();
        var job = started("SUMMARY", false);
        assertThat(job.state()).isEqualTo(Job.State.ACTIVE);

        while (state(job) == Job.State.ACTIVE) { // jobs of other tests may come first
            work(dataSource, generationJob);
        }

        assertThat(state(job)).isEqualTo(Job.State.DONE);
        assertThat(summary().text()).isEqualTo("Engine has 0 assets.");
        assertThat(summary().generation()).isEqualTo(job.generation());
    }

    @Test
    void whoAsksAgainGetsTheActiveJob() {
        var first = started("SUMMARY", false);

        assertThat(started("SUMMARY", false)).isEqualTo(first);
        assertThat(started("OUTLINE", false).id()).isNotEqualTo(first.id());
        assertThat(tables.sql("select count(*) from scheduled_tasks where task_instance = ?")
                        .param(first.id().toString()).query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void onceItHasEndedThereIsRoomForAnother() {
        var first = started("SUMMARY", false);
        runner.run(first.id());

        var second = started("SUMMARY", false);

        assertThat(second.generation()).isGreaterThan(first.generation());
    }

    @Test
    void whatWasSupersededIsNotKept() {
        var old = started("SUMMARY", false);
        var newer = started("SUMMARY", true);
        assertThat(state(old)).isEqualTo(Job.State.SUPERSEDED);
        runner.run(newer.id());

        runner.run(old.id());

        assertThat(summary().generation()).isEqualTo(newer.generation());
        assertThat(state(old)).isEqualTo(Job.State.SUPERSEDED);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        click(ada, "POEM", false).expectStatus().isBadRequest();
        ada.get("/projects/{project}/generated/POEM", project).exchange().expectStatus().isBadRequest();
    }

    @Test
    void strangersFindNothing() {
        var job = started("SUMMARY", false);
        runner.run(job.id());
        var stranger = Colleague.ofNewCompany(caller);

        click(stranger, "SUMMARY", true).expectStatus().isNotFound();
        stranger.get(SUMMARY, project).exchange().expectStatus().isNotFound();
        stranger.get(JOBS + "/{id}", project, job.id()).exchange().expectStatus().isNotFound();

        assertThat(state(job)).isEqualTo(Job.State.DONE);
    }
}
