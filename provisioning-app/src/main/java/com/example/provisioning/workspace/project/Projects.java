package com.example.provisioning.workspace.project;

import com.example.provisioning.access.Member;
import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.page.Page;
import com.example.provisioning.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The projects of a workspace. */
@Service
public class Projects {

    private final JdbcClient sql;
    private final AuditLog audit;

    Projects(JdbcClient sql, AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    @Transactional
    public Project create(Member member, String name) {
        var project = sql.sql("""
                        insert into project (id, workspace_id, name) values (?, ?, ?)
                        returning id, name, asset_count, version
                        """)
                .params(Identifiers.fresh(), member.workspaceId(), name)
                .query(Project.class)
                .single();
        audit.write(member, "project.created", project.id());
        return project;
    }

    /** @throws ProblemException if there is none in this workspace */
    public Project get(@Nullable UUID workspaceId, UUID id) {
        return sql.sql("select id, name, asset_count, version from project where id = ? and workspace_id = ?")
                .params(id, workspaceId)
                .query(Project.class)
                .optional()
                .orElseThrow(ProblemException::notFound);
    }

    /**
     * As {@link #get}, and it stays until the transaction ends. Whoever writes what belongs to a project begins with this:
     * its deletion deletes that as well, and takes the project first.
     */
    public Project keep(@Nullable UUID workspaceId, UUID id) {
        return sql.sql("""
                        select id, name, asset_count, version from project where id = ? and workspace_id = ?
                           for key share
                        """)
                .params(id, workspaceId)
                .query(Project.class)
                .optional()
                .orElseThrow(ProblemException::notFound);
    }

    public Page<Project> list(UUID workspaceId, @Nullable UUID after, int limit) {
        var projects = sql.sql("""
                        select id, name, asset_count, version from project
                         where workspace_id = :workspace and (:after::uuid is null or id > :after)
                         order by id
                         limit :limit + 1
                        """)
                .param("workspace", workspaceId)
                .param("after", after)
                .param("limit", limit)
                .query(Project.class)
                .list();
        return Page.of(projects, limit, Project::id);
    }

    /** @throws ProblemException if somebody renamed it since this version was read, or deleted it */
    @Transactional
    public Project rename(Member member, UUID id, long version, String name) {
        var renamed = sql.sql("""
                        update project set name = ?, version = version + 1
                         where id = ? and workspace_id = ? and version = ?
                        returning id, name, asset_count, version
                        """)
                .params(name, id, member.workspaceId(), version)
                .query(Project.class)
                .optional()
                .orElseThrow(() -> changed(get(member.workspaceId(), id)));
        audit.write(member, "project.renamed", id);
        return renamed;
    }

    /** @throws ProblemException if somebody renamed it since this version was read, or if it has assets */
    @Transactional
    public void delete(Member member, UUID id, long version) {
        int deleted = sql.sql("""
                        delete from project where id = ? and workspace_id = ? and version = ? and asset_count = 0
                        """).params(id, member.workspaceId(), version).update();
        if (deleted == 0) {
            var project = get(member.workspaceId(), id);
            throw project.version() == version ? notEmpty(project) : changed(project);
        }
        audit.write(member, "project.deleted", id);
    }

    private static ProblemException changed(Project current) {
        return ProblemException.conflict(
                        "project-changed",
                        "Somebody changed this project after you had read it; it has version %d now.".formatted(
                                current.version()))
                .with("current", current);
    }

    private static ProblemException notEmpty(Project project) {
        return ProblemException.conflict(
                "project-not-empty", "Assets are in it: %d. Remove them first.".formatted(project.assetCount()));
    }
}
