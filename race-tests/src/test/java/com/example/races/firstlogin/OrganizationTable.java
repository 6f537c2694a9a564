package com.example.races.firstlogin;

import com.example.races.Transactions;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that right and wrong fixes are made of, on the application's own connections. */
final class OrganizationTable {

    private final Transactions transactions;

    OrganizationTable(DataSource application) {
        this.transactions = new Transactions(application);
    }

    JdbcClient.StatementSpec sql(String statement) {
        return transactions.sql(statement);
    }

    Optional<UUID> find(String company) {
        return sql("select id from organization where key = ?")
                .param(CompanyName.of(company).key())
                .query(UUID.class)
                .optional();
    }

    boolean exists(UUID id) {
        return sql("select exists (select from organization where id = ?)").param(id).query(Boolean.class).single();
    }

    /** Under the identifier that follows from the name. */
    UUID insert(String company) {
        return insert(CompanyName.of(company).organizationId(), company);
    }

    UUID insert(UUID id, String company) {
        sql("insert into organization (id, key, name) values (?, ?, ?)")
                .params(id, CompanyName.of(company).key(), company)
                .update();
        return id;
    }

    void insertUnlessThere(String company) {
        var name = CompanyName.of(company);
        sql("insert into organization (id, key, name) values (?, ?, ?) on conflict do nothing")
                .params(name.organizationId(), name.key(), name.name())
                .update();
    }

    /** Waits until nobody else has the lock of this name; the end of the transaction gives it back. */
    void lock(String name) {
        advisory("pg_advisory_xact_lock", name);
    }

    /** As {@link #lock}, but nothing gives it back by itself. */
    void lockSession(String name) {
        advisory("pg_advisory_lock", name);
    }

    void unlockSession(String name) {
        advisory("pg_advisory_unlock", name);
    }

    private void advisory(String function, String name) {
        sql("select 1 from " + function + "(hashtextextended(?, 0))").param(name).query(Integer.class).single();
    }

    <T> T inTransaction(Supplier<T> work) {
        return transactions.in(work);
    }

    <T> T inTransaction(int isolation, Supplier<T> work) {
        return transactions.in(isolation, work);
    }

    <T> T inTransactionUntilItSucceeds(int isolation, Supplier<T> work) {
        return transactions.untilItSucceeds(isolation, work);
    }

    /** What fails in it leaves the transaction around it usable. */
    <T> T inSavepoint(Supplier<T> work) {
        return transactions.inSavepoint(work);
    }
}
