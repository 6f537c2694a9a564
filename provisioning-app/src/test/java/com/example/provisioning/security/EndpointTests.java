package com.example.provisioning.security;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.development.DevelopmentIssuer;
import com.example.provisioning.development.DevelopmentPerson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@ApplicationTest
class EndpointTests {

    @Autowired
    RestTestClient client;

    @Test
    void healthNeedsNoToken() {
        client.get().uri("/actuator/health").exchange()
                .expectStatus().isOk()
                .expectBody().jsonPath("$.status").isEqualTo("UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/env", "/api/me", "/nothing-here"})
    void everythingElseNeedsOne(String path) {
        client.get().uri(path).exchange().expectStatus().isUnauthorized();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/metrics", "/nothing-here"})
    void nothingElseOfTheActuatorIsExposed(String path, @Autowired DevelopmentIssuer issuer) {
        client.get().uri(path).headers(headers -> headers.setBearerAuth(issuer.token(DevelopmentPerson.ADA))).exchange()
                .expectStatus().isNotFound()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @ParameterizedTest
    @CsvSource({"/nothing-here, text/html", "/error, image/png", "/api//me;b, application/json"})
    void whateverIsAskedForAProblemIsJson(String uri, String accept, @Autowired DevelopmentIssuer issuer) {
        client.get().uri(uri)
                .headers(headers -> headers.setBearerAuth(issuer.token(DevelopmentPerson.ADA)))
                .header("Accept", accept).exchange()
                .expectStatus().is4xxClientError()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.type").isNotEmpty();
    }
}
