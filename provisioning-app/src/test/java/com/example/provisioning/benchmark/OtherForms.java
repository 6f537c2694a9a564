package com.example.provisioning.benchmark;

import com.example.provisioning.identity.Identifiers;
import com.example.provisioning.identity.Person;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two other ways to provision a person, on the same tables and connections: to compare the application's with. */
final class OtherForms {

    private final JdbcClient sql;
    private final TransactionTemplate transaction;

    OtherForms(JdbcClient sql, PlatformTransactionManager transactions) {
        this.sql = sql;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Looks, and inserts under a random identifier what is not there. Wrong: two at once make two of everything. */
    void naive(Person person) {
        transaction.execute(status -> {
            var key = person.organization().key();
            var organization = id("select id from organization where key = ?", key).orElseGet(() -> {
                var fresh = UUID.randomUUID();
                run("insert into organization (id, key, name) values (?, ?, ?)", fresh, key, person.organization().name());
                run("insert into workspace (id, organization_id, name, is_default) values (?, ?, 'General', true)",
                        UUID.randomUUID(), fresh);
                return fresh;
            });
            var user = id("select id from app_user where issuer = ? and subject = ?", person.issuer(), person.subject())
                    .orElseGet(() -> {
                        var fresh = UUID.randomUUID();
                        run("insert into app_user (id, issuer, subject, display_name) values (?, ?, ?, ?)",
                                fresh, person.issuer(), person.subject(), person.displayName());
                        return fresh;
                    });
            return run("insert into membership (organization_id, user_id, role, founder) values (?, ?, 'OWNER', true)",
                    organization, user);
        });
    }

    /** Inserts unless it is there, and reads what is there then. Right, and it writes at every login. */
    void upsert(Person person) {
        transaction.execute(status -> {
            var organization = person.organization().organizationId();
            var user = person.userId();
            var founded = run("insert into organization (id, key, name) values (?, ?, ?) on conflict do nothing",
                    organization, person.organization().key(), person.organization().name());
            run("""
                    insert into workspace (id, organization_id, name, is_default) values (?, ?, 'General', true)
                    on conflict do nothing
                    """, Identifiers.ofDefaultWorkspace(organization), organization);
            run("""
                    insert into app_user (id, issuer, subject, display_name) values (?, ?, ?, ?) on conflict do nothing
                    """, user, person.issuer(), person.subject(), person.displayName());
            run("""
                    insert into membership (organization_id, user_id, role, founder) values (?, ?, ?, ?)
                    on conflict do nothing
                    """, organization, user, founded == 1 ? "OWNER" : "MEMBER", founded == 1);
            return id("select organization_id from membership where organization_id = ? and user_id = ?",
                    organization, user);
        });
    }

    private int run(String statement, Object... parameters) {
        return sql.sql(statement).params(parameters).update();
    }

    private Optional<UUID> id(String query, Object... parameters) {
        return sql.sql(query).params(parameters).query(UUID.class).optional();
    }
}
