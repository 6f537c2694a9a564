package com.example.provisioning.workspace.job;

import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stands for whatever takes long: put your own here. */
@Component
class Generator {

    private final JdbcClient sql;

    Generator(JdbcClient sql) {
        this.sql = sql;
    }

    String generate(UUID projectId, Kind kind) {
        var project = sql.sql("select name from project where id = ?").param(projectId).query(String.class).single();
        var assets = sql.sql("select name from asset where project_id = ? order by id")
                .param(projectId)
                .query(String.class)
                .list();
        return switch (kind) {
            case SUMMARY -> "%s has %d assets.".formatted(project, assets.size());
            case OUTLINE -> assets.stream().collect(Collectors.joining("\n- ", project + "\n- ", "\n"));
        };
    }
}
