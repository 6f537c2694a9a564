package com.example.provisioning.workspace.job;

import com.example.provisioning.access.Member;
import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.problem.ProblemException;
import com.example.provisioning.workspace.project.Projects;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Starts jobs. A job and its place in the queue are written in one transaction. */
@Service
public class Jobs {

    private static final int MAX_ATTEMPTS = 5;

    private final JdbcClient sql;
    private final Projects projects;
    private final AuditLog audit;
    private final SchedulerClient queue;
    private final OneTimeTask<Void> task;

    Jobs(
            JdbcClient sql,
            Projects projects,
            AuditLog audit,
            SchedulerClient queue,
            OneTimeTask<Void> generationJob) {
        this.sql = sql;
        this.projects = projects;
        this.audit = audit;
        this.queue = queue;
        this.task = generationJob;
    }

    /**
     * The active job of this kind, be it a new one or not.
     *
     * @param anew supersedes an active one first
     */
    @Transactional
    public Job start(Member member, UUID projectId, Kind kind, boolean anew) {
        var project = projects.keep(member.workspaceId(), projectId);
        if (anew) {
            supersede(member, project.id(), kind);
        }
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            var job = insert(member, project.id(), kind).or(() -> active(project.id(), kind));
            if (job.isPresent()) {
                return job.get();
            } // else the one in the way ended between the two statements
        }
        throw new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "too-many-collisions", "Jobs came and went too quickly: try again.");
    }

    /** Waits for whoever inserts one at this moment. Empty if one is active. */
    private Optional<Job> insert(Member member, UUID projectId, Kind kind) {
        var job = sql.sql("""
                        insert into generation_job (id, project_id, kind) values (?, ?, ?)
                        on conflict (project_id, kind) where state = 'ACTIVE' do nothing
                        returning *
                        """)
                .params(Identifiers.fresh(), projectId, kind.name())
                .query(Job.class)
                .optional();
        job.ifPresent(started -> {
            queue.schedule(task.instance(started.id().toString()), Instant.now());
            audit.write(member, "job.started", started.id());
        });
        return job;
    }

    private Optional<Job> active(UUID projectId, Kind kind) {
        return sql.sql("select * from generation_job where project_id = ? and kind = ? and state = 'ACTIVE'")
                .params(projectId, kind.name())
                .query(Job.class)
                .optional();
    }

    private void supersede(Member member, UUID projectId, Kind kind) {
        sql.sql("""
                        update generation_job set state = 'SUPERSEDED', ended_at = now()
                         where project_id = ? and kind = ? and state = 'ACTIVE'
                        returning id
                        """)
                .params(projectId, kind.name())
                .query(UUID.class)
                .optional()
                .ifPresent(superseded -> audit.write(member, "job.superseded", superseded));
    }

    public Optional<Job> find(UUID workspaceId, UUID projectId, UUID id) {
        var project = projects.get(workspaceId, projectId);
        return sql.sql("select * from generation_job where id = ? and project_id = ?")
                .params(id, project.id())
                .query(Job.class)
                .optional();
    }

    public Optional<Job> latest(UUID workspaceId, UUID projectId, Kind kind) {
        var project = projects.get(workspaceId, projectId);
        return sql.sql("""
                        select * from generation_job where project_id = ? and kind = ? order by generation desc limit 1
                        """)
                .params(project.id(), kind.name())
                .query(Job.class)
                .optional();
    }

    public Optional<Generated> generated(UUID workspaceId, UUID projectId, Kind kind) {
        var project = projects.get(workspaceId, projectId);
        return sql.sql("select kind, generation, text from generated where project_id = ? and kind = ?")
                .params(project.id(), kind.name())
                .query(Generated.class)
                .optional();
    }
}
