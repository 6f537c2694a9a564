package com.example.provisioning.security;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Browser;
import com.example.provisioning.Caller;
import com.example.provisioning.Endpoints;
import com.example.provisioning.Endpoints.Endpoint;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentPerson;
import com.example.provisioning.login.Me;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Every endpoint that there is, tried by somebody who has no business there. */
@ApplicationTest
class StrangerTests {

    /** These name no organization in their path. Before you add one, ask whom it could show something to. */
    private static final Set<String> EVERYBODYS = Set.of(
            "GET /api/me",
            "GET /api/me/profile",
            "PUT /api/me/handle",
            "PUT /api/me/email",
            "POST /api/invitations/accept",
            "POST /api/webhooks"); // for those who sign

    /** These take a scope in the token, which people do not have. */
    private static final Set<String> SCOPED =
            Set.of("PUT /api/provisioning/organizations", "PUT /api/provisioning/users");

    private static final Set<String> PUBLIC_PAGES = Set.of("GET /sign-in");

    @Autowired
    Endpoints endpoints;

    @Autowired
    RestTestClient client;

    @Autowired
    Tables tables;

    Me insider;
    RestTestClient stranger;

    @BeforeEach
    void twoCompanies(@Autowired Caller caller) {
        insider = caller.login(somebody(Map.of("company", newCompany())));
        var mallory = somebody(Map.of("company", newCompany()));
        caller.login(mallory);
        stranger = caller.as(mallory);
    }

    @TestFactory
    Stream<DynamicTest> aStrangerFindsNothing() {
        return organizations().map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> {
            var before = tables.fingerprint();
            var ofTheInsider = endpoint.filled(insider.organization().id(), insider.workspace().id());
            var ofNobody = endpoint.filled(UUID.randomUUID(), UUID.randomUUID());

            var answer = isNotFound(stranger, endpoint, ofTheInsider);

            assertThat(answer.replace(ofTheInsider, ""))
                    .isEqualTo(isNotFound(stranger, endpoint, ofNobody).replace(ofNobody, ""));
            assertThat(tables.fingerprint()).isEqualTo(before);
        }));
    }

    @Test
    void everyOtherEndpointIsKnownToBeEverybodys() {
        assertThat(endpoints.forPrograms())
                .filteredOn(endpoint -> !endpoint.belongsToAnOrganization())
                .filteredOn(endpoint -> !SCOPED.contains(endpoint.toString()))
                .extracting(Endpoint::toString)
                .containsExactlyInAnyOrderElementsOf(EVERYBODYS);
    }

    @TestFactory
    Stream<DynamicTest> withoutTheScopeNobodyGetsIn() {
        assertThat(endpoints.forPrograms()).extracting(Endpoint::toString).containsAll(SCOPED);
        return endpoints.forPrograms().stream()
                .filter(endpoint -> SCOPED.contains(endpoint.toString()))
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> send(
                                stranger, endpoint, endpoint.filled(UUID.randomUUID(), UUID.randomUUID()))
                        .expectStatus().isForbidden()));
    }

    @TestFactory
    Stream<DynamicTest> withoutATokenNobodyGetsIn() {
        return endpoints.forPrograms().stream()
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> send(
                                client, endpoint, endpoint.filled(UUID.randomUUID(), UUID.randomUUID()))
                        .expectStatus().isUnauthorized()));
    }

    @TestFactory
    Stream<DynamicTest> withoutASessionNobodySeesAPage() {
        return endpoints.forPeople().stream()
                .filter(endpoint -> !PUBLIC_PAGES.contains(endpoint.toString()))
                .filter(endpoint -> endpoint.method().equals("GET"))
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> send(
                                client, endpoint, endpoint.filled(UUID.randomUUID(), UUID.randomUUID()))
                        .expectStatus().isFound()
                        .expectHeader().valueMatches("Location", "http://[^/]+/sign-in")));
    }

    @Test
    void aStrangerSeesNoPageAndSendsNoForm(@LocalServerPort String port) throws Exception {
        try (var browser = new Browser(port)) {
            browser.signIn(DevelopmentPerson.CARLA);
            var before = tables.fingerprint();

            assertThat(endpoints.forPeople()).filteredOn(Endpoint::belongsToAnOrganization).isNotEmpty().allSatisfy(
                    endpoint -> {
                        var path = endpoint.filled(insider.organization().id(), insider.workspace().id());
                        var answer = endpoint.method().equals("GET") ? browser.response(path) : browser.post(path);
                        assertThat(answer.getStatusCode()).as(endpoint.toString()).isEqualTo(404);
                        assertThat(answer.getContentType()).isEqualTo("text/html");
                    });
            assertThat(tables.fingerprint()).isEqualTo(before);
        }
    }

    /** No form of a foreign page has the token that ours have. */
    @TestFactory
    Stream<DynamicTest> withoutTheTokenOfAPageNobodySendsAForm() {
        return Stream.concat(
                        Stream.of(new Endpoint("POST", "/sign-out")),
                        endpoints.forPeople().stream().filter(endpoint -> !endpoint.method().equals("GET")))
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> send(
                                client, endpoint, endpoint.filled(UUID.randomUUID(), UUID.randomUUID()))
                        .expectStatus().isForbidden()));
    }

    private Stream<Endpoint> organizations() {
        var all = endpoints.forPrograms().stream().filter(Endpoint::belongsToAnOrganization).toList();
        assertThat(all).hasSizeGreaterThan(20);
        return all.stream();
    }

    private static String isNotFound(RestTestClient client, Endpoint endpoint, String path) {
        return new String(send(client, endpoint, path)
                .expectStatus().isNotFound()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/not-found")
                .returnResult()
                .getResponseBody());
    }

    private static RestTestClient.ResponseSpec send(RestTestClient client, Endpoint endpoint, String path) {
        return client.method(HttpMethod.valueOf(endpoint.method()))
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{}")
                .exchange();
    }
}
