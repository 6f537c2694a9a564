package com.example.provisioning.workspace.project;

import com.example.provisioning.access.Member;
import com.example.provisioning.audit.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    Regeneration(JdbcClient sql, Projects projects, AuditLog audit, PlatformTransactionManager transactions) {
        this.sql = sql;
        this.projects = projects;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    Result regenerate(Member member, UUID projectId) {
        var project = projects.get(member.workspaceId(), projectId);
        var assets = sql.sql("select id, project_id, name, text, version from asset where project_id = ? order by id")
                .param(project.id())
                .query(Asset.class)
                .list();
        var result = new Result(new ArrayList<>(), new ArrayList<>());
        for (var asset : assets) {
            (write(member, asset, text(project, asset)) ? result.regenerated() : result.skipped()).add(asset.id());
        }
        return result;
    }

    private boolean write(Member member, Asset asset, String text) {
        return transaction.execute(status -> {
            int written = sql.sql("update asset set text = ?, version = version + 1 where id = ? and version = ?")
                    .params(text, asset.id(), asset.version())
                    .update();
            if (written == 1) {
                audit.write(member, "asset.regenerated", asset.id());
            }
            return written == 1;
        });
    }

    /** Stands for whatever takes long. */
    private static String text(Project project, Asset asset) {
        return "%s, generated for %s".formatted(asset.name(), project.name());
    }
}
