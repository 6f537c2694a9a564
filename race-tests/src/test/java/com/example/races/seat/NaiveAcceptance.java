package com.example.races.seat;

import com.example.races.Transactions;
import java.util.UUID;

/** Looks whether an invitation is still good, and then takes it. For broken twins. */
record NaiveAcceptance(Transactions application, UUID organization) {

    boolean by(UUID user) {
        return application.in(() -> {
            var good = application
                    .sql("select exists (select from invitation where organization_id = ? and accepted_by is null)")
                    .param(organization)
                    .query(Boolean.class)
                    .single();
            if (good) {
                application.sql("update invitation set accepted_by = ? where organization_id = ?")
                        .params(user, organization)
                        .update();
                application.sql("insert into membership (organization_id, user_id, role) values (?, ?, 'MEMBER')")
                        .params(organization, user)
                        .update();
            }
            return good;
        });
    }
}
