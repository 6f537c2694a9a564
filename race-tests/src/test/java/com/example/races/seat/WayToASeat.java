package com.example.races.seat;

import static org.springframework.transaction.TransactionDefinition.ISOLATION_REPEATABLE_READ;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_SERIALIZABLE;

import com.example.races.Transactions;
import java.util.UUID;

/** The ways to give a seat that are in use out there. Each says whether there was one. */
enum WayToASeat {
    /** Broken: between the count and the INSERT somebody else counts, too. */
    COUNT {
        @Override
        boolean take(Transactions application, UUID organization, UUID user) {
            return application.in(() -> joinIfThereIsRoom(application, organization, user));
        }
    },

    /** Broken: a snapshot that does not change makes the count no truer. This is write skew. */
    COUNT_UNDER_REPEATABLE_READ {
        @Override
        boolean take(Transactions application, UUID organization, UUID user) {
            return application.in(
                    ISOLATION_REPEATABLE_READ, () -> joinIfThereIsRoom(application, organization, user));
        }
    },

    /** Whoever writes the organization's row second has an old snapshot: 40001, and from the beginning. */
    WRITE_THE_ORGANIZATION_UNDER_REPEATABLE_READ {
        @Override
        boolean take(Transactions application, UUID organization, UUID user) {
            return application.untilItSucceeds(ISOLATION_REPEATABLE_READ, () -> {
                application.sql("update organization set name = name where id = ?").param(organization).update();
                return joinIfThereIsRoom(application, organization, user);
            });
        }
    },

    /** Nobody counts before the one in front has committed. It holds as long as everybody takes the lock. */
    ADVISORY_LOCK {
        @Override
        boolean take(Transactions application, UUID organization, UUID user) {
            return application.in(() -> {
                application.sql("select 1 from pg_advisory_xact_lock(hashtextextended(?, 0))")
                        .param(organization.toString())
                        .query()
                        .singleRow();
                return joinIfThereIsRoom(application, organization, user);
            });
        }
    },

    /** What the application does: the row that is counted in says no. A CHECK stands behind it. */
    CONDITIONAL_UPDATE {
        @Override
        boolean take(Transactions application, UUID organization, UUID user) {
            return application.in(() -> {
                int seated = application
                        .sql("""
                                update organization set seats_taken = seats_taken + 1
                                 where id = ? and seats_taken < seats
                                """)
                        .param(organization)
                        .update();
                return seated == 1 && join(application, organization, user);
            });
        }
    },

    /** No serial order explains what both have read; who is refused counts again. */
    SERIALIZABLE {
        @Override
        boolean take(Transactions application, UUID organization, UUID user) {
            return application.untilItSucceeds(
                    ISOLATION_SERIALIZABLE, () -> joinIfThereIsRoom(application, organization, user));
        }
    };

    abstract boolean take(Transactions application, UUID organization, UUID user);

    private static boolean joinIfThereIsRoom(Transactions application, UUID organization, UUID user) {
        var room = application
                .sql("""
                        select seats > (select count(*) from membership where organization_id = o.id and seat)
                          from organization o where id = ?
                        """)
                .param(organization)
                .query(Boolean.class)
                .single();
        return room && join(application, organization, user);
    }

    private static boolean join(Transactions application, UUID organization, UUID user) {
        application
                .sql("insert into membership (organization_id, user_id, role, seat) values (?, ?, 'MEMBER', true)")
                .params(organization, user)
                .update();
        return true;
    }
}
