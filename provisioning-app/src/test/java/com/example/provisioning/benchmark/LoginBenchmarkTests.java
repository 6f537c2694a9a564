package com.example.provisioning.benchmark;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.development.DevelopmentIssuer;
import com.example.provisioning.identity.OrganizationName;
import com.example.provisioning.identity.Person;
import com.example.provisioning.login.Login;
import dev.raceharness.database.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Prints the last table of docs/benchmarks.md; the command stands there. */
@ApplicationTest
@Tag("benchmark")
class LoginBenchmarkTests {

    private static final int ROUNDS = 3;
    private static final Load LOAD = new Load(8, Duration.ofSeconds(2), Duration.ofSeconds(4));

    @Autowired
    Login login;

    @Autowired
    JdbcClient sql;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    TestDatabase database;

    @Autowired
    DevelopmentIssuer issuer;

    @Test
    void measure(@LocalServerPort int port) throws Exception {
        var other = new OtherForms(sql, transactions);
        var forms = new LinkedHashMap<String, Runnable>();
        forms.put("first login: the application's", () -> login.login(somebody()));
        forms.put("first login: look and insert", () -> other.naive(somebody()));
        forms.put("first login: insert on conflict do nothing, then read", () -> other.upsert(somebody()));
        forms.put("return, over HTTP with a bearer token", returning(port));

        var figures = new LinkedHashMap<String, List<Load.Figures>>();
        for (int round = 0; round < ROUNDS; round++) {
            for (var form : forms.entrySet()) {
                figures.computeIfAbsent(form.getKey(), name -> new ArrayList<>()).add(LOAD.of(form.getValue()));
            }
        }

        System.out.println("\n" + database.description() + ", " + LOAD.callers() + " callers\n");
        System.out.println("| | logins a second | half of them within | 99 % within |\n|---|---|---|---|");
        figures.forEach((name, rounds) -> {
            var middle = Load.Figures.median(rounds);
            System.out.println(String.format(Locale.ROOT, "| %s | %,.0f | %.1f ms | %.1f ms |",
                    name, middle.perSecond(), middle.median() / 1000.0, middle.worst() / 1000.0));
        });
    }

    /** The first of a company of their own. */
    private static Person somebody() {
        var name = UUID.randomUUID().toString();
        return new Person("benchmark", name, null, name, new OrganizationName("company:" + name, name));
    }

    private Runnable returning(int port) {
        var http = HttpClient.newHttpClient();
        var requests = IntStream.range(0, 200)
                .mapToObj(i -> issuer.token(
                        Map.of("sub", UUID.randomUUID().toString(), "name", "Ada", "company", "Company " + i)))
                .map(token -> HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/me"))
                        .header("Authorization", "Bearer " + token)
                        .build())
                .toList();
        requests.forEach(request -> send(http, request)); // from now on they return
        return () -> send(http, requests.get(ThreadLocalRandom.current().nextInt(requests.size())));
    }

    private static void send(HttpClient http, HttpRequest request) {
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
