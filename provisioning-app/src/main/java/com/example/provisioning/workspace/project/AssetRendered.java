package com.example.provisioning.workspace.project;

import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.problem.ProblemException;
import com.example.provisioning.webhook.WebhookHandler;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** A renderer outside tells that an asset is ready; it is added to its project. */
@Component
class AssetRendered implements WebhookHandler {

    private final JdbcClient sql;
    private final Assets assets;
    private final AuditLog audit;

    AssetRendered(JdbcClient sql, Assets assets, AuditLog audit) {
        this.sql = sql;
        this.assets = assets;
        this.audit = audit;
    }

    @Override
    public String type() {
        return "asset.rendered";
    }

    @Override
    public void handle(JsonNode data) {
        var projectId = id(data.path("projectId").asString(""));
        var asset = assets.insert(projectId, text(data, "name"), text(data, "text"));
        var organization = sql.sql("""
                        select w.organization_id from project p join workspace w on w.id = p.workspace_id where p.id = ?
                        """).param(projectId).query(UUID.class).single();
        audit.write(organization, "webhook", "asset.added", asset.id());
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noIdentifier) {
            throw unusable("projectId");
        }
    }

    private static String text(JsonNode data, String field) {
        var value = data.path(field);
        if (!value.isString()) {
            throw unusable(field);
        }
        return value.asString();
    }

    private static ProblemException unusable(String field) {
        return new ProblemException(
                HttpStatus.BAD_REQUEST, "unusable-event", "data." + field + " is missing or wrong.");
    }
}
