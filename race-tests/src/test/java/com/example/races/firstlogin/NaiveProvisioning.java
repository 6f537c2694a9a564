package com.example.races.firstlogin;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What many applications do: look, and insert under a random identifier if nothing is there. For broken twins. */
final class NaiveProvisioning {

    private final JdbcClient sql;
    private final TransactionTemplate transaction;

    NaiveProvisioning(JdbcClient sql, PlatformTransactionManager transactions) {
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
    }

    UUID organizationOf(String company) {
        return transaction.execute(status -> sql.sql("select id from organization where key = lower(:company)")
                .param("company", company)
                .query(UUID.class)
                .optional()
                .orElseGet(() -> insert(company)));
    }

    private UUID insert(String company) {
        var id = UUID.randomUUID();
        sql.sql("insert into organization (id, key, name) values (:id, lower(:company), :company)")
                .param("id", id)
                .param("company", company)
                .update();
        return id;
    }
}
