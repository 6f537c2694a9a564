package com.example.races;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What twins are made of: statements and transactions on the application's own connections. */
@TestComponent
public class Transactions {

    private final JdbcClient sql;
    private final JdbcTransactionManager manager;

    public Transactions(DataSource application) {
        this.sql = JdbcClient.create(application);
        this.manager = new JdbcTransactionManager(application);
    }

    public JdbcClient.StatementSpec sql(String statement) {
        return sql.sql(statement);
    }

    public <T> T in(Supplier<T> work) {
        return in(TransactionDefinition.ISOLATION_READ_COMMITTED, work);
    }

    public <T> T in(int isolation, Supplier<T> work) {
        var transaction = new TransactionTemplate(manager);
        transaction.setIsolationLevel(isolation);
        return transaction.execute(status -> work.get());
    }

    /** What fails in it leaves the transaction around it usable. */
    public <T> T inSavepoint(Supplier<T> work) {
        var nested = new TransactionTemplate(manager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        return nested.execute(status -> work.get());
    }

    /** Whoever the server refuses because of another transaction does everything again. */
    public <T> T untilItSucceeds(int isolation, Supplier<T> work) {
        while (true) {
            try {
                return in(isolation, work);
            } catch (ConcurrencyFailureException refused) {
                continue;
            }
        }
    }
}
