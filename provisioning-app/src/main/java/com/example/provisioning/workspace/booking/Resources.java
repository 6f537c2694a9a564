package com.example.provisioning.workspace.booking;

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

/** What can be booked in a workspace. */
@Service
public class Resources {

    private final JdbcClient sql;
    private final AuditLog audit;

    Resources(JdbcClient sql, AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    @Transactional
    public Resource create(Member member, String name, int capacity) {
        var resource = sql.sql("""
                        insert into resource (id, workspace_id, name, capacity) values (?, ?, ?, ?)
                        returning id, name, capacity, booked
                        """)
                .params(Identifiers.fresh(), member.workspaceId(), name, capacity)
                .query(Resource.class)
                .single();
        audit.write(member, "resource.created", resource.id());
        return resource;
    }

    /** @throws ProblemException if there is none in this workspace */
    public Resource get(@Nullable UUID workspaceId, UUID id) {
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
