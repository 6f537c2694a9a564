package com.example.provisioning.workspace.project;

import com.example.provisioning.access.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Writes the texts of all assets of a project anew. Each asset is a write of its own, for the version that was read:
 * who edits one of them meanwhile wins, and the answer says which ones were left alone.
 */
@Service
class Regeneration {

    /** @param skipped whose text somebody has changed meanwhile, or that somebody has removed */
    record Result(List<UUID> regenerated, List<UUID> skipped) {}

    private final JdbcClient sql;
    private final Projects projects;

    Regeneration(JdbcClient sql, Projects projects) {
        this.sql = sql;
        this.projects = projects;
    }

    Result regenerate(Member member, UUID projectId) {
        var project = projects.get(member.workspaceId(), projectId);
        var assets = sql.sql("select id, project_id, name, text, version from asset where project_id = ? order by id")
                .param(project.id())
                .query(Asset.class)
                .list();
        var result = new Result(new ArrayList<>(), new ArrayList<>());
        for (var asset : assets) {
            (write(asset, text(project, asset)) ? result.regenerated() : result.skipped()).add(asset.id());
        }
        return result;
    }

    private boolean write(Asset asset, String text) {
        return sql.sql("update asset set text = ?, version = version + 1 where id = ? and version = ?")
                .params(text, asset.id(), asset.version())
                .update() == 1;
    }

    /** Stands for whatever takes long. */
    private static String text(Project project, Asset asset) {
        return "%s, generated for %s".formatted(asset.name(), project.name());
    }
}
