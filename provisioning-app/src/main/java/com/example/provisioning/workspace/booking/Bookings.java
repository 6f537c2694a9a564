package com.example.provisioning.workspace.booking;

import static com.example.provisioning.membership.Role.OWNER;

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

/** Books places, never more than there are: one statement compares and counts, so that nothing fits in between. */
@Service
public class Bookings {

    private final JdbcClient sql;
    private final Resources resources;
    private final AuditLog audit;

    Bookings(JdbcClient sql, Resources resources, AuditLog audit) {
        this.sql = sql;
        this.resources = resources;
        this.audit = audit;
    }

    /** @throws FullyBookedException if fewer places are free */
    @Transactional
    public Booking book(Member member, UUID resourceId, int places) {
        int counted = sql.sql("""
                        update resource set booked = booked + :places
                         where id = :id and workspace_id = :workspace and booked + :places <= capacity
                        """)
                .param("places", places)
                .param("id", resourceId)
                .param("workspace", member.workspaceId())
                .update();
        if (counted == 0) {
            throw new FullyBookedException(resources.get(member.workspaceId(), resourceId), places);
        }
        var booking = sql.sql("""
                        insert into booking (id, resource_id, user_id, places) values (?, ?, ?, ?)
                        returning id, resource_id, user_id, places, created_at
                        """)
                .params(Identifiers.fresh(), resourceId, member.userId(), places)
                .query(Booking.class)
                .single();
        audit.write(member, "booking.made", booking.id());
        return booking;
    }

    /**
     * Whoever booked them gives the places back, or an owner, for somebody may have left since. Once: a row can be deleted
     * only once.
     */
    @Transactional
    public void cancel(Member member, UUID resourceId, UUID bookingId) {
        int places = sql.sql("""
                        delete from booking b using resource r
                         where b.id = :id and b.resource_id = :resource and (b.user_id = :user or :owner)
                           and r.id = b.resource_id and r.workspace_id = :workspace
                        returning b.places
                        """)
                .param("id", bookingId)
                .param("resource", resourceId)
                .param("user", member.userId())
                .param("owner", member.role() == OWNER)
                .param("workspace", member.workspaceId())
                .query(Integer.class)
                .optional()
                .orElseThrow(ProblemException::notFound);
        sql.sql("update resource set booked = booked - ? where id = ?").params(places, resourceId).update();
        audit.write(member, "booking.cancelled", bookingId);
    }

    public Page<Booking> list(UUID workspaceId, UUID resourceId, @Nullable UUID after, int limit) {
        var resource = resources.get(workspaceId, resourceId);
        var bookings = sql.sql("""
                        select id, resource_id, user_id, places, created_at from booking
                         where resource_id = :resource and (:after::uuid is null or id > :after)
                         order by id
                         limit :limit + 1
                        """)
                .param("resource", resource.id())
                .param("after", after)
                .param("limit", limit)
                .query(Booking.class)
                .list();
        return Page.of(bookings, limit, Booking::id);
    }
}
