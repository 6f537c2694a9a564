package com.example.provisioning.problem;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Tables;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatusCode;

/** What takes longer than the database allows; the times are shortened here. */
@ApplicationTest
class DatabaseProblemTests {

    @Autowired
    HikariDataSource pool;

    @Autowired
    Tables tables;

    @Test
    void aStatementThatTookTooLongMayBeTriedAgain() throws SQLException {
        try (var connection = transaction("set local statement_timeout = '1ms'")) {
            assertThat(problemOf(connection, "select pg_sleep(10)")).hasValue(HttpStatusCode.valueOf(503));
        }
    }

    @Test
    void aTransactionThatIdledForTooLongMayBeTriedAgain() throws SQLException {
        try (var connection = transaction("set local idle_in_transaction_session_timeout = '1ms'")) {
            awaitTheEndOf(connection);

            assertThat(problemOf(connection, "select 1")).hasValue(HttpStatusCode.valueOf(503));
        }
        everyConnectionOfThePoolWorks();
    }

    private Connection transaction(String setting) throws SQLException {
        var connection = pool.getConnection();
        connection.setAutoCommit(false);
        connection.createStatement().execute(setting);
        return connection;
    }

    private void awaitTheEndOf(Connection transaction) throws SQLException {
        var backend = transaction.unwrap(PGConnection.class).getBackendPID();
        await().atMost(10, SECONDS).until(() -> tables.sql("select count(*) from pg_stat_activity where pid = ?")
                .param(backend)
                .query(Long.class)
                .single() == 0);
    }

    private static Optional<HttpStatusCode> problemOf(Connection connection, String sql) {
        var failure = catchThrowableOfType(SQLException.class, () -> connection.createStatement().execute(sql));
        return DatabaseProblem.of(failure).map(ProblemException::getStatusCode);
    }

    private void everyConnectionOfThePoolWorks() throws SQLException {
        var all = new ArrayList<Connection>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                all.add(pool.getConnection());
                all.get(i).createStatement().execute("select 1");
            }
        } finally {
            for (var connection : all) {
                connection.close();
            }
        }
    }
}
