package com.example.provisioning.invitation;

import com.example.provisioning.access.Member;
import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.page.Page;
import com.example.provisioning.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Each step of an acceptance is one statement that looks and writes at once, so it holds for whoever else does the same
 * at the same moment; and the first that finds nothing to do undoes the others.
 */
@Service
class Invitations {

    private record State(UUID organizationId, boolean expired, boolean mine) {}

    private final JdbcClient sql;
    private final AuditLog audit;

    Invitations(JdbcClient sql, AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    @Transactional
    Invitation create(Member member, InvitationToken token) {
        var invitation = sql.sql("""
                        insert into invitation (id, organization_id, token_hash, expires_at)
                        values (?, ?, ?, now() + interval '7 days')
                        returning id, created_at, expires_at, false as accepted
                        """)
                .params(Identifiers.fresh(), member.organizationId(), token.hash())
                .query(Invitation.class)
                .single();
        audit.write(member, "invitation.created", invitation.id());
        return invitation;
    }

    Page<Invitation> list(UUID organizationId, @Nullable UUID after, int limit) {
        var invitations = sql.sql("""
                        select id, created_at, expires_at, accepted_by is not null as accepted from invitation
                         where organization_id = :organization and (:after::uuid is null or id < :after)
                         order by id desc
                         limit :limit + 1
                        """)
                .param("organization", organizationId)
                .param("after", after)
                .param("limit", limit)
                .query(Invitation.class)
                .list();
        return Page.of(invitations, limit, Invitation::id);
    }

    @Transactional
    void withdraw(Member member, UUID invitationId) {
        int withdrawn = sql.sql("delete from invitation where id = ? and organization_id = ? and accepted_by is null")
                .params(invitationId, member.organizationId())
                .update();
        if (withdrawn == 0) {
            throw ProblemException.notFound();
        }
        audit.write(member, "invitation.withdrawn", invitationId);
    }

    /** Accepting once more is answered as the first time was, and changes nothing; but who has left since is not in again. */
    @Transactional
    UUID accept(InvitationToken token, UUID userId) {
        return sql.sql("""
                        update invitation set accepted_by = ?
                         where token_hash = ? and accepted_by is null and expires_at > now()
                        returning organization_id
                        """)
                .params(userId, token.hash())
                .query(UUID.class)
                .optional()
                .map(organizationId -> join(organizationId, userId))
                .orElseGet(() -> joinedAlready(token, userId));
    }

    private UUID join(UUID organizationId, UUID userId) {
        int joined = sql.sql("""
                        insert into membership (organization_id, user_id, role, seat) values (?, ?, 'MEMBER', true)
                        on conflict do nothing
                        """)
                .params(organizationId, userId)
                .update();
        if (joined == 0) {
            throw ProblemException.conflict("already-a-member", "You are a member already: let somebody else have it.");
        }
        int seated = sql.sql("""
                        update organization set seats_taken = seats_taken + 1 where id = ? and seats_taken < seats
                        """)
                .param(organizationId)
                .update();
        if (seated == 0) {
            throw ProblemException.conflict("no-seat-left", "Every seat of the organization is taken.");
        }
        audit.write(organizationId, userId.toString(), "member.joined", userId);
        return organizationId;
    }

    private UUID joinedAlready(InvitationToken token, UUID userId) {
        var state = sql.sql("""
                        select i.organization_id, i.expires_at <= now() as expired, m.user_id is not null as mine
                          from invitation i
                          left join membership m
                            on m.organization_id = i.organization_id and m.user_id = i.accepted_by and m.user_id = ?
                         where i.token_hash = ?
                        """)
                .params(userId, token.hash())
                .query(State.class)
                .optional()
                .orElseThrow(ProblemException::notFound);
        if (state.mine()) {
            return state.organizationId();
        }
        throw state.expired()
                ? new ProblemException(HttpStatus.GONE, "invitation-expired", "Ask for a new invitation.")
                : new ProblemException(HttpStatus.GONE, "invitation-used", "Somebody has accepted it already.");
    }
}
