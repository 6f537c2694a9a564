package com.example.provisioning.workspace.booking;

import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.page.Page;
import com.example.provisioning.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What can be booked in a workspace. */
@Service
public class Resources {

    private final JdbcClient sql;

    Resources(JdbcClient sql) {
        this.sql = sql;
    }

    public Resource create(UUID workspaceId, String name, int capacity) {
        return sql.sql("""
                        insert into resource (id, workspace_id, name, capacity) values (?, ?, ?, ?)
                        returning id, name, capacity, booked
                        """)
                .params(Identifiers.fresh(), workspaceId, name, capacity)
                .query(Resource.class)
                .single();
    }

    /** @throws ProblemException if there is none in this workspace */
    public Resource get(UUID workspaceId, UUID id) {
        return sql.sql("select id, name, capacity, booked from resource where id = ? and workspace_id = ?")
                .params(id, workspaceId)
                .query(Resource.class)
                .optional()
                .orElseThrow(ProblemException::notFound);
    }

    public Page<Resource> list(UUID workspaceId, @Nullable UUID after, int limit) {
        var resources = sql.sql("""
                        select id, name, capacity, booked from resource
                         where workspace_id = :workspace and (:after::uuid is null or id > :after)
                         order by id
                         limit :limit + 1
                        """)
                .param("workspace", workspaceId)
                .param("after", after)
                .param("limit", limit)
                .query(Resource.class)
                .list();
        return Page.of(resources, limit, Resource::id);
    }
}
