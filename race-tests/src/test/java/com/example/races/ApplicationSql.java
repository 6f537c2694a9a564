package com.example.races;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Statements and transactions on the application's own connections, for twins. */
public final class ApplicationSql {

    private final JdbcClient sql;
    private final JdbcTransactionManager transactions;

    public ApplicationSql(DataSource application) {
        this.sql = JdbcClient.create(application);
        this.transactions = new JdbcTransactionManager(application);
    }

    public JdbcClient.StatementSpec sql(String statement) {
        return sql.sql(statement);
    }

    public <T> T inTransaction(Supplier<T> work) {
        return inTransaction(TransactionDefinition.ISOLATION_READ_COMMITTED, work);
    }

    public <T> T inTransaction(int isolation, Supplier<T> work) {
        var transaction = new TransactionTemplate(transactions);
        transaction.setIsolationLevel(isolation);
        return transaction.execute(status -> work.get());
    }

    /** Whoever the server refuses because of another transaction does everything again. */
    public <T> T inTransactionUntilItSucceeds(int isolation, Supplier<T> work) {
        while (true) {
            try {
                return inTransaction(isolation, work);
            } catch (ConcurrencyFailureException refused) {
                continue;
            }
        }
    }
}
