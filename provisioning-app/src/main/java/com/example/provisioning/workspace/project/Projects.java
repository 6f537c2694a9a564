package com.example.provisioning.workspace.project;

import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.page.Page;
import com.example.provisioning.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The projects of a workspace. */
@Service
public class Projects {

    private final JdbcClient sql;

    Projects(JdbcClient sql) {
        this.sql = sql;
    }

    public Project create(UUID workspaceId, String name) {
        return sql.sql("""
                        insert into project (id, workspace_id, name) values (?, ?, ?)
                        returning id, name, asset_count, version
                        """)
                .params(Identifiers.fresh(), workspaceId, name)
                .query(Project.class)
                .single();
    }

    /** @throws ProblemException if there is none in this workspace */
    public Project get(UUID workspaceId, UUID id) {
        return sql.sql("select id, name, asset_count, version from project where id = ? and workspace_id = ?")
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
    public Project rename(UUID workspaceId, UUID id, long version, String name) {
        return sql.sql("""
                        update project set name = ?, version = version + 1
                         where id = ? and workspace_id = ? and version = ?
                        returning id, name, asset_count, version
                        """)
                .params(name, id, workspaceId, version)
                .query(Project.class)
                .optional()
                .orElseThrow(() -> changed(get(workspaceId, id)));
    }

    /** @throws ProblemException if somebody renamed it since this version was read, or if it has assets */
    public void delete(UUID workspaceId, UUID id, long version) {
        int deleted = sql.sql("""
                        delete from project where id = ? and workspace_id = ? and version = ? and asset_count = 0
                        """).params(id, workspaceId, version).update();
        if (deleted == 0) {
            var project = get(workspaceId, id);
            throw project.version() == version ? notEmpty(project) : changed(project);
        }
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
