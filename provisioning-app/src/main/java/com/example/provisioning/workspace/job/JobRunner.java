package com.example.provisioning.workspace.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Does a job, as often as the queue asks: after a crash it asks again, and after a failure some more times, with pauses
 * that get longer. Generating takes as long as it takes, outside of any transaction; then one short transaction ends
 * the job and keeps the text, if the job is still the active one.
 */
@Component
public class JobRunner {

    private static final int RETRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final double LONGER_EACH_TIME = 3;

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private final JdbcClient sql;
    private final Generator generator;
    private final TransactionTemplate transaction;

    JobRunner(JdbcClient sql, Generator generator, PlatformTransactionManager transactions) {
        this.sql = sql;
        this.generator = generator;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Bean
    OneTimeTask<Void> generationJob() {
        return Tasks.oneTime("generation-job")
                .onFailure(FailureHandler.<Void>maxRetries(RETRIES)
                        .withBackoff(FIRST_PAUSE, LONGER_EACH_TIME)
                        .then(this::giveUp))
                .execute((instance, context) -> run(UUID.fromString(instance.getId())));
    }

    public void run(UUID jobId) {
        var job = sql.sql("select * from generation_job where id = ? and state = 'ACTIVE'")
                .param(jobId)
                .query(Job.class)
                .optional();
        if (job.isEmpty()) {
            return; // superseded before it began
        }
        finish(job.get(), generator.generate(job.get().projectId(), job.get().kind()));
    }

    /** It ends before it leaves the queue: if the process dies in between, the queue asks again and finds it ended. */
    private void giveUp(ExecutionComplete failed, ExecutionOperations<Void> queue) {
        log.warn("Job {} failed {} times and is given up", failed.getExecution().getId(), RETRIES + 1);
        end(UUID.fromString(failed.getExecution().getId()), Job.State.FAILED);
        queue.remove();
    }

    private void finish(Job job, String text) {
        transaction.executeWithoutResult(status -> {
            if (keepProject(job) && end(job.id(), Job.State.DONE)) {
                keep(job, text);
            } else {
                log.info("Job {} was superseded, or its project is deleted: its text is not kept", job.id());
            }
        });
    }

    /** Whether the project is there; then it is until the end. It comes before its jobs, as in its deletion. */
    private boolean keepProject(Job job) {
        return sql.sql("select id from project where id = ? for key share")
                .param(job.projectId())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /** Whether it was still active. Whoever supersedes it at this moment waits, or comes first. */
    private boolean end(UUID jobId, Job.State state) {
        return sql.sql("""
                        update generation_job set state = ?, ended_at = now() where id = ? and state = 'ACTIVE'
                        """).params(state.name(), jobId).update() == 1;
    }

    private void keep(Job job, String text) {
        sql.sql("""
                        insert into generated (project_id, kind, generation, text) values (?, ?, ?, ?)
                        on conflict (project_id, kind) do update
                           set generation = excluded.generation, text = excluded.text
                        """)
                .params(job.projectId(), job.kind().name(), job.generation(), text)
                .update();
    }
}
