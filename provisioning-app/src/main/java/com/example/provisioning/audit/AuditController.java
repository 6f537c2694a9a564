package com.example.provisioning.audit;

import static com.example.provisioning.membership.Role.OWNER;

import com.example.provisioning.access.Member;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.Pageable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditController {

    private final JdbcClient sql;

    AuditController(JdbcClient sql) {
        this.sql = sql;
    }

    /** The newest first. */
    @GetMapping("/api/organizations/{organizationId}/audit")
    Page<AuditEntry> audit(Member member, Pageable page) {
        member.mustBe(OWNER);
        var entries = sql.sql("""
                        select id, actor, action, target, happened_at from audit_entry
                         where organization_id = ?
                         order by id desc limit ? offset ?
                        """)
                .params(member.organizationId(), page.getPageSize(), page.getOffset())
                .query(AuditEntry.class)
                .list();
        var total = sql.sql("select count(*) from audit_entry where organization_id = ?")
                .param(member.organizationId())
                .query(Long.class)
                .single();
        return new PageImpl<>(entries, page, total);
    }
}
