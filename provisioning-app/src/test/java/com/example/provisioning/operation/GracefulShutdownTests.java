package com.example.provisioning.operation;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.AnotherInstance;
import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentIssuer;
import dev.raceharness.database.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

@ApplicationTest
class GracefulShutdownTests {

    @Test
    void aLoginThatHasBegunIsFinished(
            @Autowired TestDatabase database, @Autowired JdbcConnectionDetails connection, @Autowired Tables tables)
            throws Exception {
        try (var blocker = database.dataSource().getConnection();
                var instance = AnotherInstance.on(connection)) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("lock table membership in share mode");
            var issuer = instance.context().getBean(DevelopmentIssuer.class);
            var token = issuer.token(somebody(Map.of("company", newCompany())));
            var login = HttpClient.newHttpClient().sendAsync(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + instance.port() + "/api/me"))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
            tables.awaitOneWhoWaits();
            var stops = new CompletableFuture<Void>();
            instance.context().addApplicationListener(
                    (ApplicationListener<ContextClosedEvent>) event -> stops.complete(null));

            var stopped = CompletableFuture.runAsync(instance::close);
            stops.get(10, SECONDS);
            blocker.rollback();

            assertThat(login.get(10, SECONDS).statusCode()).isEqualTo(200);
            stopped.get(10, SECONDS);
        }
    }
}
