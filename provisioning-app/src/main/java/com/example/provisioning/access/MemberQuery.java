package com.example.provisioning.access;

import com.example.provisioning.identity.Person;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class MemberQuery {

    private final JdbcClient sql;

    MemberQuery(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<Member> inOrganization(UUID organizationId, Person person) {
        return sql.sql("""
                        select m.user_id, m.organization_id, null::uuid as workspace_id, m.role
                          from membership m
                          join app_user u on u.id = m.user_id
                         where m.organization_id = ? and u.issuer = ? and u.subject = ?
                        """)
                .params(organizationId, person.issuer(), person.subject())
                .query(Member.class)
                .optional();
    }

    Optional<Member> inWorkspace(UUID workspaceId, Person person) {
        return sql.sql("""
                        select m.user_id, m.organization_id, w.id as workspace_id, m.role
                          from workspace w
                          join membership m on m.organization_id = w.organization_id
                          join app_user u on u.id = m.user_id
                         where w.id = ? and u.issuer = ? and u.subject = ?
                        """)
                .params(workspaceId, person.issuer(), person.subject())
                .query(Member.class)
                .optional();
    }
}
