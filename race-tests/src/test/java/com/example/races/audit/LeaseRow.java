package com.example.races.audit;

import com.example.races.RaceDatabase;
import com.example.races.Transactions;
import java.util.UUID;

/** The one lease of a workspace, past the application. */
record LeaseRow(Transactions transactions, UUID workspace) {

    /** Asks in one statement and takes it in another. */
    int askAndTake(UUID user) {
        return transactions.in(() -> {
            boolean free = transactions.sql("select expires_at < now() from lease where workspace_id = ?")
                    .param(workspace)
                    .query(Boolean.class)
                    .single();
            return free
                    ? transactions.sql("""
                                    update lease set holder = ?, expires_at = now() + interval '1 minute'
                                     where workspace_id = ?
                                    """).params(user, workspace).update()
                    : 0;
        });
    }

    void letTheTimeRunOut() {
        RaceDatabase.sql()
                .sql("update lease set expires_at = now() - interval '1 second' where workspace_id = ?")
                .param(workspace)
                .update();
    }

    boolean isHeldBy(UUID user) {
        return transactions.sql("select holder = ? and expires_at > now() from lease where workspace_id = ?")
                .params(user, workspace)
                .query(Boolean.class)
                .single();
    }

    long token() {
        return transactions.sql("select token from lease where workspace_id = ?")
                .param(workspace)
                .query(Long.class)
                .single();
    }

    String checkpoint() {
        return transactions.sql("select checkpoint from lease where workspace_id = ?")
                .param(workspace)
                .query(String.class)
                .single();
    }

    UUID holder() {
        return transactions.sql("select holder from lease where workspace_id = ?")
                .param(workspace)
                .query(UUID.class)
                .single();
    }

    /** What can change while one and the same user holds it. */
    String asText() {
        return transactions.sql("""
                        select format('%s, token %s, until %s', checkpoint, token, expires_at::time) from lease
                         where workspace_id = ?
                        """)
                .param(workspace)
                .query(String.class)
                .single();
    }
}
