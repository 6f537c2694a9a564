package com.example.provisioning.audit;

import static com.example.provisioning.membership.Role.OWNER;

import com.example.provisioning.access.Member;
import com.example.provisioning.page.Page;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditController {

    private final JdbcClient sql;

    AuditController(JdbcClient sql) {
        this.sql = sql;
    }

    /** The newest first. */
    @GetMapping("/api/organizations/{organizationId}/audit")
    Page<AuditEntry> audit(
            Member member,
            @RequestParam(required = false) @Nullable Long after,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit) {
        member.mustBe(OWNER);
        var entries = sql.sql("""
                        select id, actor, action, target, happened_at from audit_entry
                         where organization_id = :organization and (:after::bigint is null or id < :after)
                         order by id desc
                         limit :limit + 1
                        """)
                .param("organization", member.organizationId())
                .param("after", after)
                .param("limit", limit)
                .query(AuditEntry.class)
                .list();
        return Page.of(entries, limit, AuditEntry::id);
    }
}
