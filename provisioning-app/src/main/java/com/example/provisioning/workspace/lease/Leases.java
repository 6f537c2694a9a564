package com.example.provisioning.workspace.lease;

import com.example.provisioning.access.Member;
import com.example.provisioning.audit.AuditLog;
import com.example.provisioning.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes, renews and gives back leases, each with one statement that compares and changes, by the clock of the database. Who
 * had to wait for the row, and finds it changed, is judged by the time at which it was theirs.
 */
@Service
public class Leases {

    private final JdbcClient sql;
    private final AuditLog audit;

    Leases(JdbcClient sql, AuditLog audit) {
        this.sql = sql;
        this.audit = audit;
    }

    /** @throws ProblemException if somebody holds it; be it oneself, in another window */
    @Transactional
    public Lease take(Member member, String name, Duration time) {
        var lease = takeNow(member, name, time);
        if (!lease.held()) {
            // Its time began before the wait for somebody whose new lease came to nothing.
            lease = takeNow(member, name, time);
        }
        audit.write(member, "lease.taken", name);
        return lease;
    }

    private Lease takeNow(Member member, String name, Duration time) {
        return sql.sql("""
                        insert into lease (workspace_id, name, holder, expires_at)
                        values (:workspace, :name, :holder, clock_timestamp() + make_interval(secs => :seconds))
                        on conflict (workspace_id, name) do update
                           set holder = excluded.holder, token = lease.token + 1,
                               expires_at = clock_timestamp() + make_interval(secs => :seconds)
                         where lease.expires_at <= clock_timestamp()
                        returning name, holder, token, expires_at, expires_at > clock_timestamp() as held, checkpoint
                        """)
                .param("workspace", member.workspaceId())
                .param("name", name)
                .param("holder", member.userId())
                .param("seconds", time.toSeconds())
                .query(Lease.class)
                .optional()
                .orElseThrow(() -> taken(member.workspaceId(), name));
    }

    /** @throws ProblemException if this is not the token of the one who holds it now */
    @Transactional
    public Lease renew(Member member, String name, long token, Duration time) {
        var lease = sql.sql("""
                        update lease set expires_at = clock_timestamp() + make_interval(secs => ?)
                         where workspace_id = ? and name = ? and holder = ? and token = ?
                           and expires_at > clock_timestamp()
                        returning name, holder, token, expires_at, true as held, checkpoint
                        """)
                .params(time.toSeconds(), member.workspaceId(), name, member.userId(), token)
                .query(Lease.class)
                .optional()
                .orElseThrow(Leases::lost);
        audit.write(member, "lease.renewed", name);
        return lease;
    }

    /** @throws ProblemException if this is not the token of the one who holds it now; nothing was written then */
    @Transactional
    public void write(Member member, String name, long token, String checkpoint) {
        changed(sql.sql("""
                        update lease set checkpoint = ?
                         where workspace_id = ? and name = ? and holder = ? and token = ?
                           and expires_at > clock_timestamp()
                        """)
                .params(checkpoint, member.workspaceId(), name, member.userId(), token)
                .update());
        audit.write(member, "lease.written", name);
    }

    /** @throws ProblemException if this is not the token of the one who holds it now; it stays with them then */
    @Transactional
    public void release(Member member, String name, long token) {
        changed(sql.sql("""
                        update lease set expires_at = clock_timestamp()
                         where workspace_id = ? and name = ? and holder = ? and token = ?
                           and expires_at > clock_timestamp()
                        """)
                .params(member.workspaceId(), name, member.userId(), token)
                .update());
        audit.write(member, "lease.released", name);
    }

    public Optional<Lease> find(@Nullable UUID workspaceId, String name) {
        return sql.sql("""
                        select name, holder, token, expires_at, expires_at > clock_timestamp() as held, checkpoint
                          from lease where workspace_id = ? and name = ?
                        """)
                .params(workspaceId, name)
                .query(Lease.class)
                .optional();
    }

    private static void changed(int rows) {
        if (rows == 0) {
            throw lost();
        }
    }

    private ProblemException taken(@Nullable UUID workspaceId, String name) {
        var problem = ProblemException.conflict(
                "lease-taken", "Somebody holds this lease. Wait until they give it back, or its time runs out.");
        find(workspaceId, name).ifPresent(lease -> {
            problem.with("holder", lease.holder()).with("expiresAt", lease.expiresAt());
            var wait = Duration.between(Instant.now(), lease.expiresAt());
            problem.retryAfter(wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait);
        });
        return problem;
    }

    private static ProblemException lost() {
        return ProblemException.conflict(
                "lease-lost", "This lease is not yours, or not any more. Nothing was changed: take it again.");
    }
}
