package com.example.provisioning.operation;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentIssuer;
import com.example.provisioning.development.DevelopmentPerson;
import com.zaxxer.hikari.HikariDataSource;
import dev.raceharness.database.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The application says that the database is in trouble, and needs nobody's help when it is over. */
@ApplicationTest
class DatabaseTroubleTests {

    @Autowired
    Caller caller;

    @Autowired
    DevelopmentIssuer issuer;

    @Autowired
    HikariDataSource pool;

    @Autowired
    Tables tables;

    @Test
    void whoGetsNoConnectionIsToldToTryAgain(@LocalServerPort String port, @Autowired MeterRegistry metrics)
            throws Exception {
        var token = issuer.token(somebody(Map.of("company", newCompany())));
        try (var browser = new Browser(port)) {
            browser.signIn(DevelopmentPerson.ADA);
            browser.client().getOptions().setJavaScriptEnabled(false); // one request is one request
            var all = new ArrayList<Connection>();
            try {
                for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                    all.add(pool.getConnection());
                }
                var waits = metrics.get("hikaricp.connections.timeout").counter();
                var before = waits.count();

                var api = CompletableFuture.supplyAsync(() -> caller.call(token)); // both wait at the same time
                var page = browser.open("/");
                api.get(10, SECONDS)
                        .expectStatus().isEqualTo(503)
                        .expectHeader().valueEquals("Retry-After", "1")
                        .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .expectBody().jsonPath("$.type").isEqualTo("/problems/database-unavailable");
                assertThat(page.getWebResponse().getStatusCode()).isEqualTo(503);
                assertThat(page.getWebResponse().getResponseHeaderValue("Retry-After")).isEqualTo("1");
                assertThat(page.asNormalizedText()).contains("try again");
                assertThat(waits.count() - before).as("how often the two waited for a connection").isEqualTo(2);
            } finally {
                for (var connection : all) {
                    connection.close();
                }
            }
            caller.call(token).expectStatus().isOk();
            assertThat(browser.open("/").getWebResponse().getStatusCode()).isEqualTo(200);
        }
    }

    /** What a restart does to its clients: every session of the application's ends, one in the middle of a login. */
    @Test
    void theNextLoginAfterARestartOfTheDatabaseWorks(@Autowired TestDatabase database) throws Exception {
        var company = newCompany();
        var administrator = JdbcClient.create(database.dataSource());
        CompletableFuture<Integer> interrupted;
        try (var blocker = database.dataSource().getConnection()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table membership in share mode");
            var token = issuer.token(somebody(Map.of("company", company)));
            interrupted = CompletableFuture.supplyAsync(() -> caller.call(token).returnResult().getStatus().value());
            tables.awaitOneWhoWaits();

            administrator.sql("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                     where usename = 'provisioning_app' and datname = current_database()
                    """).query(Boolean.class).list();
            blocker.rollback();
        }
        assertThat(interrupted.get(10, SECONDS)).isEqualTo(503);

        var me = caller.login(somebody(Map.of("company", company)));

        assertThat(me.role().name()).isEqualTo("OWNER");
        assertThat(tables.sql("select count(*) from organization where name = ?")
                        .param(company)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }
}
