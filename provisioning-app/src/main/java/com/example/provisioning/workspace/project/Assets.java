package com.example.provisioning.workspace.project;

import com.example.provisioning.access.Member;
import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.page.Page;
import com.example.provisioning.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The assets of a project. The project counts them by one more or one less, never by what somebody has read: who comes
 * second waits for the row and counts on from there.
 */
@Service
public class Assets {

    private final JdbcClient sql;
    private final Projects projects;
    private final AuditLog audit;

    Assets(JdbcClient sql, Projects projects, AuditLog audit) {
        this.sql = sql;
        this.projects = projects;
        this.audit = audit;
    }

    @Transactional
    public Asset add(Member member, UUID projectId, String name, String text) {
        var project = projects.get(member.workspaceId(), projectId);
        var asset = insert(project.id(), name, text);
        audit.write(member, "asset.added", asset.id());
        return asset;
    }

    /** Needs a transaction around it. */
    Asset insert(UUID projectId, String name, String text) {
        int counted = sql.sql("update project set asset_count = asset_count + 1 where id = ?")
                .param(projectId)
                .update();
        if (counted == 0) {
            throw ProblemException.notFound();
        }
        return sql.sql("""
                        insert into asset (id, project_id, name, text) values (?, ?, ?, ?)
                        returning id, project_id, name, text, version
                        """)
                .params(Identifiers.fresh(), projectId, name, text)
                .query(Asset.class)
                .single();
    }

    @Transactional
    public void remove(Member member, UUID projectId, UUID id) {
        var project = projects.get(member.workspaceId(), projectId);
        int removed = sql.sql("delete from asset where id = ? and project_id = ?").params(id, project.id()).update();
        if (removed == 0) {
            throw ProblemException.notFound();
        }
        sql.sql("update project set asset_count = asset_count - 1 where id = ?").param(projectId).update();
        audit.write(member, "asset.removed", id);
    }

    public Optional<Asset> find(@Nullable UUID workspaceId, UUID projectId, UUID id) {
        var project = projects.get(workspaceId, projectId);
        return sql.sql("select id, project_id, name, text, version from asset where id = ? and project_id = ?")
                .params(id, project.id())
                .query(Asset.class)
                .optional();
    }

    public Page<Asset> list(UUID workspaceId, UUID projectId, @Nullable UUID after, int limit) {
        var project = projects.get(workspaceId, projectId);
        var assets = sql.sql("""
                        select id, project_id, name, text, version from asset
                         where project_id = :project and (:after::uuid is null or id > :after)
                         order by id
                         limit :limit + 1
                        """)
                .param("project", project.id())
                .param("after", after)
                .param("limit", limit)
                .query(Asset.class)
                .list();
        return Page.of(assets, limit, Asset::id);
    }

    /** @throws ProblemException if somebody changed it since this version was read, or removed it */
    @Transactional
    public Asset edit(Member member, UUID projectId, UUID id, long version, String name, String text) {
        var project = projects.get(member.workspaceId(), projectId);
        var edited = sql.sql("""
                        update asset set name = ?, text = ?, version = version + 1
                         where id = ? and project_id = ? and version = ?
                        returning id, project_id, name, text, version
                        """)
                .params(name, text, id, project.id(), version)
                .query(Asset.class)
                .optional()
                .orElseThrow(() -> find(member.workspaceId(), projectId, id)
                        .map(Assets::changed)
                        .orElseGet(ProblemException::notFound));
        audit.write(member, "asset.edited", id);
        return edited;
    }

    private static ProblemException changed(Asset current) {
        return ProblemException.conflict(
                        "asset-changed",
                        "Somebody changed this asset after you had read it; it has version %d now.".formatted(
                                current.version()))
                .with("current", current);
    }
}
