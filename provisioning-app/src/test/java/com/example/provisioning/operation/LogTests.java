package com.example.provisioning.operation;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentIssuer;
import com.example.provisioning.development.DevelopmentPerson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log as in production: its format, its level, and what must never be in it. */
@ApplicationTest
class LogTests {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
    private Level level;
    private Appender<ILoggingEvent> forPeople;
    private final OutputStreamAppender<ILoggingEvent> console = new OutputStreamAppender<>();

    @Autowired
    Caller caller;

    @Autowired
    DevelopmentIssuer issuer;

    @Autowired
    RestTestClient client;

    @Autowired
    Tables tables;

    @BeforeEach
    void logAsInProduction() throws Exception {
        var properties = PropertiesLoaderUtils.loadProperties(new ClassPathResource("application.properties"));
        var encoder = new StructuredLogEncoder();
        encoder.setContext(logging);
        encoder.setFormat(properties.getProperty("logging.structured.format.console"));
        encoder.start();
        level = root.getLevel();
        forPeople = root.getAppender("CONSOLE");
        console.setContext(logging);
        console.setEncoder(encoder);
        console.setOutputStream(written);
        console.start();
        root.setLevel(Level.INFO);
        root.detachAppender(forPeople);
        root.addAppender(console);
    }

    @AfterEach
    void logAsBefore() {
        root.detachAppender(console);
        root.addAppender(forPeople);
        root.setLevel(level);
    }

    @Test
    void aLineIsOneObjectAndNamesTheRequestAsItsAnswerDoes() {
        var claims = somebody(Map.of("company", newCompany()));
        var workspace = caller.login(claims).workspace().id();

        var answer = whileDocumentsAreMissing(() -> caller.as(claims).get()
                .uri("/api/workspaces/{id}/documents", workspace).exchange()
                .expectStatus().isEqualTo(500)
                .expectBody(String.class).returnResult());

        var line = lines().stream()
                .filter(each -> each.get("message").asString().equals("A request failed unexpectedly"))
                .findFirst().orElseThrow();
        assertThat(line.get("requestId").asString()).isEqualTo(answer.getResponseHeaders().getFirst("X-Request-Id"));
        assertThat(line.at("/log/level").asString()).isEqualTo("ERROR");
        assertThat(line.at("/service/name").asString()).isEqualTo("provisioning-app");
        assertThat(line.propertyNames()).contains("@timestamp", "ecs", "error");
        assertThat(answer.getResponseBody()).doesNotContain("relation", "SQL");
    }

    @Test
    void whatOpensADoorIsInNoLine(@LocalServerPort String port) throws Exception {
        var claims = somebody(Map.of("company", newCompany()));
        var me = caller.login(claims);
        var token = issuer.token(claims);
        var expired = issuer.token(Map.of("sub", "ada", "exp", Instant.now().minusSeconds(600),
                "iat", Instant.now().minusSeconds(900)));
        caller.call(expired).expectStatus().isUnauthorized();
        caller.call(token + "x").expectStatus().isUnauthorized();
        var invitation = Objects.requireNonNull(caller.as(claims).post()
                .uri("/api/organizations/{id}/invitations", me.organization().id()).exchange()
                .expectBody(JsonNode.class).returnResult().getResponseBody()).get("token").asString();
        caller.as(somebody(Map.of())).post().uri("/api/invitations/accept").body(Map.of("token", invitation)).exchange()
                .expectStatus().isOk();
        client.post().uri("/api/webhooks").header("webhook-signature", "v1,a-signature").body("{}").exchange()
                .expectStatus().isUnauthorized();
        try (var browser = new Browser(port)) {
            browser.signIn(DevelopmentPerson.ADA);
            var cookie = browser.client().getCookieManager().getCookie("session").getValue();
            whileDocumentsAreMissing(() -> {
                client.get().uri("/workspaces/{id}/documents", me.workspace().id())
                        .cookie("session", cookie).exchange();
                return client.get().uri("/api/workspaces/{id}/documents", me.workspace().id())
                        .headers(headers -> headers.setBearerAuth(token)).exchange()
                        .expectStatus().isEqualTo(500);
            });

            assertThat(lines()).isNotEmpty();
            assertThat(log()).doesNotContain(token, expired, invitation, cookie, "a-signature", "Bearer e");
        }
    }

    private <T> T whileDocumentsAreMissing(Supplier<T> request) {
        tables.sql("alter table document rename to document_away").update();
        try {
            return request.get();
        } finally {
            tables.sql("alter table document_away rename to document").update();
        }
    }

    private String log() {
        return written.toString(StandardCharsets.UTF_8);
    }

    private List<JsonNode> lines() {
        var json = new JsonMapper();
        return log().lines().map(json::readTree).toList();
    }
}
