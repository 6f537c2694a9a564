package com.example.provisioning.idempotency;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Endpoints;
import com.example.provisioning.Tables;
import com.example.provisioning.login.Me;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every POST of the API that there is, sent twice under one key. */
@ApplicationTest
class EveryCreateTests {

    private static final Set<String> OTHERWISE_ONCE = Set.of("/api/webhooks"); // by the identifier of the delivery

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    private Me me;
    private RestTestClient ada;
    private String project;
    private String room;
    private String invitation;

    @BeforeEach
    void everythingThatIsNeeded() {
        var claims = somebody(Map.of("company", newCompany()));
        me = caller.login(claims);
        ada = caller.as(claims);
        project = create("/api/workspaces/{workspaceId}/projects").get("id").asString();
        create("/api/workspaces/{workspaceId}/projects/{projectId}/assets");
        room = create("/api/workspaces/{workspaceId}/resources").get("id").asString();
        var host = somebody(Map.of("company", newCompany()));
        invitation = caller.as(host).post()
                .uri("/api/organizations/{id}/invitations", caller.login(host).organization().id()).exchange()
                .expectBody(JsonNode.class).returnResult().getResponseBody().get("token").asString();
    }

    private Map<String, Object> body(String path) {
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "documents" -> Map.of("title", "Letter", "text", "Dear");
            case "projects" -> Map.of("name", "Engine");
            case "assets" -> Map.of("name", "Wheel", "text", "round");
            case "resources" -> Map.of("name", "Room", "capacity", 10);
            case "bookings" -> Map.of("places", 1);
            case "{name}" -> Map.of("seconds", 60);
            case "jobs" -> Map.of("kind", "SUMMARY", "anew", true);
            case "accept" -> Map.of("token", invitation);
            case "invitations", "regenerate" -> Map.of();
            default -> throw new AssertionError("What is sent to " + path + "?");
        };
    }

    @TestFactory
    Stream<DynamicTest> isExecutedOnceAndAnsweredAlike(@Autowired Endpoints endpoints) {
        var posts = endpoints.forPrograms().stream()
                .filter(endpoint -> endpoint.method().equals("POST"))
                .map(Endpoints.Endpoint::path)
                .filter(path -> !OTHERWISE_ONCE.contains(path))
                .toList();
        assertThat(posts).hasSizeGreaterThanOrEqualTo(10);
        return posts.stream().map(path -> DynamicTest.dynamicTest(path, () -> {
            var key = UUID.randomUUID().toString();
            var first = send(path, key);
            var written = tables.fingerprint();

            var second = send(path, key);

            assertThat(tables.fingerprint()).isEqualTo(written);
            if (path.endsWith("/invitations")) {
                ((ObjectNode) first).remove("token"); // is stored nowhere, so nobody can say it once more
            }
            assertThat(second).isEqualTo(first);
        }));
    }

    /** A second one while the first is held would be a deadlock of the pool with itself, under load. */
    @TestFactory
    Stream<DynamicTest> takesOneConnection(@Autowired Endpoints endpoints, @Autowired DataSource dataSource) {
        var pool = ((HikariDataSource) dataSource).getHikariPoolMXBean();
        var posts = endpoints.forPrograms().stream().filter(endpoint -> endpoint.method().equals("POST"));
        return posts.map(Endpoints.Endpoint::path).filter(path -> !OTHERWISE_ONCE.contains(path)).map(path ->
                DynamicTest.dynamicTest(path, () -> {
                    var taken = Stream.generate(() -> connection(dataSource)).limit(9).toList();
                    try {
                        assertThat(pool.getActiveConnections()).isEqualTo(9);
                        send(path, UUID.randomUUID().toString());
                    } finally {
                        for (var connection : taken) {
                            connection.close();
                        }
                    }
                }));
    }

    private static Connection connection(DataSource dataSource) {
        try {
            return dataSource.getConnection();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private JsonNode create(String path) {
        return send(path, UUID.randomUUID().toString());
    }

    private JsonNode send(String path, String key) {
        var uri = path.replace("{organizationId}", me.organization().id().toString())
                .replace("{workspaceId}", me.workspace().id().toString())
                .replace("{projectId}", String.valueOf(project))
                .replace("{resourceId}", String.valueOf(room))
                .replace("{name}", "lease-" + key);
        return ada.post().uri(uri).header("Idempotency-Key", key).body(body(path)).exchange()
                .expectStatus().is2xxSuccessful()
                .expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}
