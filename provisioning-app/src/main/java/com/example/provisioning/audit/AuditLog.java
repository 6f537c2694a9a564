package com.example.provisioning.audit;

import com.example.provisioning.access.Member;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Component
public class AuditLog {

    private final JdbcClient sql;

    AuditLog(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Fails outside of a transaction, for what it belongs to could then fail alone.
     *
     * @param action what was done to what kind of thing, such as {@code member.removed}
     * @param target the identifier of what it was done to
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void write(Member actor, String action, Object target) {
        write(actor.organizationId(), actor.userId().toString(), action, target);
    }

    /** As above, for somebody who is no member. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void write(UUID organizationId, String actor, String action, Object target) {
        sql.sql("insert into audit_entry (organization_id, actor, action, target) values (?, ?, ?, ?)")
                .params(organizationId, actor, action, target.toString())
                .update();
    }
}
