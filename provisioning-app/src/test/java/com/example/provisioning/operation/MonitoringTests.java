package com.example.provisioning.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.development.DevelopmentPerson;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.client.RestTestClient;

@ApplicationTest
class MonitoringTests {

    @Autowired
    RestTestClient client;

    @Autowired
    Caller caller;

    @Test
    void prometheusReadsTheMetricsWithAScopeOfItsOwn(@Autowired MeterRegistry metrics) {
        metrics.counter("provisioning.collisions", "sqlstate", "23505", "constraint", "organization_pkey");

        var answer = caller.as(Map.of("sub", "prometheus", "scope", "metrics"))
                .get().uri("/actuator/prometheus").exchange()
                .expectStatus().isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(answer)
                .contains("provisioning_collisions_total{constraint=\"organization_pkey\",sqlstate=\"23505\"}")
                .contains("hikaricp_connections_active")
                .contains("http_server_requests_seconds");
    }

    @Test
    void nobodyElseReadsThem() {
        client.get().uri("/actuator/prometheus").exchange().expectStatus().isUnauthorized();
        caller.as(DevelopmentPerson.ADA.claims()).get().uri("/actuator/prometheus").exchange()
                .expectStatus().isForbidden()
                .expectHeader().contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"liveness", "readiness"})
    void theHealthGroupsNeedNoToken(String group) {
        client.get().uri("/actuator/health/" + group).exchange()
                .expectStatus().isOk()
                .expectBody().json("{\"status\":\"UP\"}", JsonCompareMode.STRICT);
    }

    @Test
    void aRequestIsNamedInItsAnswer() {
        client.get().uri("/api/me").header("X-Request-Id", "from-the-proxy.1").exchange()
                .expectStatus().isUnauthorized()
                .expectHeader().valueEquals("X-Request-Id", "from-the-proxy.1");
        client.get().uri("/sign-in").exchange().expectHeader().valueMatches("X-Request-Id", "[0-9a-f-]{36}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with a space", "{\"forged\":1}", ""})
    void aNameThatCouldForgeTheLogIsReplaced(String forged) {
        client.get().uri("/sign-in").header("X-Request-Id", forged).exchange()
                .expectHeader().valueMatches("X-Request-Id", "[0-9a-f-]{36}");
    }
}
