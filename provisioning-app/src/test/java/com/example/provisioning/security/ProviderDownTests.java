package com.example.provisioning.security;

import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.ProvisioningApplication;
import com.example.provisioning.development.DevelopmentIssuer;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as in production, and the identity provider on a port where nobody is, or nobody answers. */
@ApplicationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProviderDownTests {

    private final InetAddress here = InetAddress.getLoopbackAddress();

    @Autowired
    DevelopmentIssuer tokens;

    private int providerPort;
    private String provider;
    private ConfigurableApplicationContext application;

    /** It starts although its provider is down. */
    @BeforeAll
    void startWithoutProvider(@Autowired JdbcConnectionDetails database) throws IOException {
        try (var free = new ServerSocket(0, 1, here)) {
            providerPort = free.getLocalPort();
        }
        provider = "http://127.0.0.1:" + providerPort;
        application = new SpringApplicationBuilder(ProvisioningApplication.class)
                .profiles("development")
                .run(
                        "--spring.datasource.url=" + database.getJdbcUrl(),
                        "--spring.datasource.password=" + database.getPassword(),
                        "--spring.datasource.hikari.maximum-pool-size=2",
                        "--spring.flyway.enabled=false",
                        "--provisioning.queue.enabled=false",
                        "--provisioning.identity-provider.timeout=300ms",
                        "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + provider,
                        "--spring.security.oauth2.client.provider.company.issuer-uri=" + provider,
                        "--spring.security.oauth2.client.registration.company.client-secret=none",
                        "--logging.level.com.example.provisioning.security=error",
                        "--logging.level.org.apache.catalina.loader=error");
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void whoSignsInWhileNobodyIsThereIsToldToTryAgain() throws Exception {
        isAPageThatSaysTryAgain(get("/oauth2/authorization/company", HttpClient.newHttpClient()));
    }

    @Test
    void whoSignsInWhileNobodyAnswersDoesNotWaitForEver() throws Exception {
        try (var silent = new ServerSocket(providerPort, 50, here)) {
            isAPageThatSaysTryAgain(get("/oauth2/authorization/company", HttpClient.newHttpClient()));
        }
    }

    /** The provider answers the first click, and is known from then on; it is gone when the code is to be exchanged. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whoComesBackWhileNobodyIsThereIsToldToTryAgain() throws Exception {
        var browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        var there = new String[1];
        provides("""
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                 "jwks_uri":"%1$s/keys","subject_types_supported":["public"]}""".formatted(provider), () ->
                there[0] = sentTo(browser));
        assertThat(there[0]).startsWith(provider + "/authorize?");

        isAPageThatSaysTryAgain(comesBack(browser, there[0]));
        try (var silent = new ServerSocket(providerPort, 50, here)) {
            isAPageThatSaysTryAgain(comesBack(browser, sentTo(browser)));
        }
    }

    private String sentTo(HttpClient browser) throws Exception {
        return get("/oauth2/authorization/company", browser).headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> comesBack(HttpClient browser, String sentTo) throws Exception {
        var state = sentTo.replaceAll(".*[?&]state=([^&]+).*", "$1");
        return get("/login/oauth2/code/company?code=code&state=" + state, browser);
    }

    @Test
    void whoseTokenCannotBeCheckedIsToldToTryAgain() throws Exception {
        isAProblemThatSaysTryAgain(callTheApi());
        try (var silent = new ServerSocket(providerPort, 50, here)) {
            isAProblemThatSaysTryAgain(callTheApi());
        }
    }

    /** Whoever takes the provider's place on the network is not believed. */
    @Test
    void aProviderOfAnotherNameIsNone() throws Exception {
        provides("""
                {"issuer":"http://127.0.0.1","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
                 "jwks_uri":"%1$s/keys","subject_types_supported":["public"]}""".formatted(provider), () -> {
            isAProblemThatSaysTryAgain(callTheApi());
            isAPageThatSaysTryAgain(get("/oauth2/authorization/company", HttpClient.newHttpClient()));
        });
    }

    private interface Step {
        void run() throws Exception;
    }

    private void provides(String metadata, Step step) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(here, providerPort), 50);
        server.createContext("/.well-known/openid-configuration", exchange -> {
            var body = metadata.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            step.run();
        } finally {
            server.stop(0);
        }
    }

    private HttpResponse<String> callTheApi() throws Exception {
        var token = tokens.token(somebody(Map.of("iss", provider)));
        return send(request("/api/me").header("Authorization", "Bearer " + token), HttpClient.newHttpClient());
    }

    private HttpResponse<String> get(String path, HttpClient browser) throws Exception {
        return send(request(path).header("Accept", "text/html,*/*;q=0.8"), browser);
    }

    private HttpRequest.Builder request(String path) {
        var port = application.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, HttpClient client) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static void isAPageThatSaysTryAgain(HttpResponse<String> answer) {
        isUnavailable(answer);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("text/html"));
    }

    private static void isAProblemThatSaysTryAgain(HttpResponse<String> answer) {
        isUnavailable(answer);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("/problems/identity-provider-unavailable");
    }

    private static void isUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.body()).contains("try again in a moment").doesNotContain("Exception", "java.", "127.0.0.1");
    }
}
