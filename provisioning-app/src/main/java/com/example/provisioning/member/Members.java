package com.example.provisioning.member;

import static com.example.provisioning.membership.Role.OWNER;

import com.example.provisioning.access.Member;
import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.membership.Role;
import com.example.provisioning.page.Page;
import com.example.provisioning.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whoever gives or takes the role of an owner, or leaves a seat, counts it in the organization's row, in the same
 * transaction. Nobody counts owners and then decides: two who did so at once would both find another one.
 */
@Service
public class Members {

    private record Gone(Role role, boolean seat) {}

    private final JdbcClient sql;
    private final AuditLog audit;

    Members(JdbcClient sql, AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    public Page<MemberView> list(UUID organizationId, @Nullable UUID after, int limit) {
        var members = sql.sql("""
                        select m.user_id, u.display_name as name, u.email, m.role, m.created_at as since
                          from membership m
                          join app_user u on u.id = m.user_id
                         where m.organization_id = :organization and (:after::uuid is null or m.user_id > :after)
                         order by m.user_id
                         limit :limit + 1
                        """)
                .param("organization", organizationId)
                .param("after", after)
                .param("limit", limit)
                .query(MemberView.class)
                .list();
        return Page.of(members, limit, MemberView::userId);
    }

    @Transactional
    void changeRole(Member actor, UUID userId, Role role) {
        int changed = sql.sql("""
                        update membership set role = :role
                         where organization_id = :organization and user_id = :user and role <> :role
                        """)
                .param("role", role.name())
                .param("organization", actor.organizationId())
                .param("user", userId)
                .update();
        if (changed == 1) {
            count(actor, userId, role == OWNER ? 1 : -1, 0);
            audit.write(actor, "member.role-changed", userId);
        } else if (roleOf(actor.organizationId(), userId).isEmpty()) {
            throw ProblemException.notFound();
        }
    }

    @Transactional
    void remove(Member actor, UUID userId) {
        var gone = sql.sql("delete from membership where organization_id = ? and user_id = ? returning role, seat")
                .params(actor.organizationId(), userId)
                .query(Gone.class)
                .optional()
                .orElseThrow(ProblemException::notFound);
        if (gone.role() == OWNER || gone.seat()) {
            count(actor, userId, gone.role() == OWNER ? -1 : 0, gone.seat() ? -1 : 0);
        }
        audit.write(actor, userId.equals(actor.userId()) ? "member.left" : "member.removed", userId);
    }

    /**
     * Waits for whoever counts at the same moment, and then counts on from there. It may be the actor's role that they took,
     * who still had it when the request came in: so it is looked at once more.
     */
    private void count(Member actor, UUID userId, int moreOwners, int moreSeats) {
        int counted = sql.sql("""
                        update organization set owners = owners + :owners, seats_taken = seats_taken + :seats
                         where id = :id and owners + :owners >= 1
                        """)
                .param("owners", moreOwners)
                .param("seats", moreSeats)
                .param("id", actor.organizationId())
                .update();
        if (!userId.equals(actor.userId())) {
            var role = roleOf(actor.organizationId(), actor.userId()).orElseThrow(ProblemException::notFound);
            actor.in(role).mustBe(OWNER);
        }
        if (counted == 0) {
            throw ProblemException.conflict(
                    "last-owner", "This is the last owner of the organization: make somebody else an owner first.");
        }
    }

    private Optional<Role> roleOf(UUID organizationId, UUID userId) {
        return sql.sql("select role from membership where organization_id = ? and user_id = ?")
                .params(organizationId, userId)
                .query(Role.class)
                .optional();
    }
}
