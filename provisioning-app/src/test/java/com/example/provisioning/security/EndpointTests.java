package com.example.provisioning.security;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
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
    @ValueSource(strings = {"/actuator", "/actuator/env", "/api/me", "/api/nothing-here", "/api"})
    void everythingElseForProgramsNeedsAToken(String path) {
        client.get().uri(path).exchange().expectStatus().isUnauthorized();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing-here", "/error", "/sign-in/nothing-here"})
    void everythingElseForPeopleNeedsASignIn(String path) {
        client.get().uri(path).exchange()
                .expectStatus().isFound()
                .expectHeader().valueMatches("Location", "http://[^/]+/sign-in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/env", "/actuator/metrics", "/api/nothing-here"})
    void nothingElseOfTheActuatorIsExposed(String path, @Autowired Caller caller) {
        caller.as(DevelopmentPerson.ADA.claims()).get().uri(path).exchange()
                .expectStatus().isNotFound()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/nothing-here, */*, application/problem+json",
        "/api/nothing-here, image/png, application/problem+json",
        "/api//me;b, application/json, application/problem+json",
        "/api/nothing-here, text/html, text/html;charset=UTF-8",
    })
    void aProblemIsJsonUnlessAPageIsAskedFor(String uri, String accept, String expected, @Autowired Caller caller) {
        caller.as(DevelopmentPerson.ADA.claims()).get().uri(uri).header("Accept", accept).exchange()
                .expectStatus().is4xxClientError()
                .expectHeader().contentType(expected);
    }

    @Test
    void pagesLoadNothingFromElsewhereAndAreFramedByNobody() {
        client.get().uri("/sign-in").exchange()
                .expectStatus().isOk()
                .expectHeader().valueEquals(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
                .expectHeader().valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader().valueEquals("X-Frame-Options", "DENY")
                .expectHeader().valueEquals("Referrer-Policy", "same-origin")
                .expectHeader().valueEquals("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    }

    @Test
    void encryptedConnectionsStayEncrypted() {
        client.get().uri("/sign-in").header("X-Forwarded-Proto", "https").exchange()
                .expectHeader().valueEquals("Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
    }
}
