package com.example.provisioning.security;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Endpoints;
import com.example.provisioning.Endpoints.Endpoint;
import com.example.provisioning.Tables;
import com.example.provisioning.login.Me;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** What makes no sense, sent to every endpoint that there is, those of tomorrow too, by somebody who may use it. */
@ApplicationTest
class MalformedEverywhereTests {

    private static final List<String> BODIES = List.of(
            "", " ", "{", "[]", "null", "1", "\"text\"", "{}", "{\"unknown\":1}", "[".repeat(2000), "<a/>", "\u0000");

    @Autowired
    Endpoints endpoints;

    @Autowired
    Tables tables;

    @LocalServerPort
    int port;

    private Me me;
    private RestTestClient owner;
    private List<String> before;

    @BeforeEach
    void anOwnerWhoMayProvision(@Autowired Caller caller) {
        var company = newCompany();
        me = caller.login(somebody(Map.of("company", company, "sub", "owner-of-" + company)));
        owner = caller.as(somebody(Map.of("company", company, "sub", "owner-of-" + company, "scope", "provisioning")));
        before = tables.fingerprint();
    }

    @AfterEach
    void nothingChanged() {
        assertThat(tables.fingerprint()).isEqualTo(before);
    }

    @TestFactory
    Stream<DynamicTest> bodies() {
        var withBody = endpoints.withBody();
        assertThat(withBody).hasSizeGreaterThan(15);
        return withBody.stream().map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> BODIES.forEach(
                body -> isRefused(endpoint, filled(endpoint), body))));
    }

    @TestFactory
    Stream<DynamicTest> identifiers() {
        var variable = Pattern.compile("\\{(\\w+)}");
        return endpoints.forPrograms().stream()
                .flatMap(endpoint -> variable.matcher(endpoint.path()).results().map(found -> found.group(1))
                        .map(name -> DynamicTest.dynamicTest(endpoint + ", " + name, () -> Stream.of(
                                        "1", "UPPER%20CASE", "%00", "1-1-1-1-1", "%F0%9F%92%A3", "x".repeat(300))
                                .forEach(wrong -> isRefused(
                                        endpoint, filled(with(endpoint, name, wrong)), "{\"seconds\":-1}")))));
    }

    @TestFactory
    Stream<DynamicTest> pages() {
        return endpoints.lists().stream().map(list -> DynamicTest.dynamicTest(list.toString(), () -> Stream.of(
                        "limit=0", "limit=101", "limit=-1", "limit=many", "limit=1.5", "after=x", "after=1-")
                .forEach(query -> isRefused(list, filled(list) + "?" + query, ""))));
    }

    private static Endpoint with(Endpoint endpoint, String name, String value) {
        return new Endpoint(endpoint.method(), endpoint.path().replace("{" + name + "}", value));
    }

    private String filled(Endpoint endpoint) {
        return endpoint.path().contains("/leases/")
                ? endpoint.filled(me.organization().id(), me.workspace().id()).replaceAll("0{8}-[0-9-]+", "printer")
                : endpoint.filled(me.organization().id(), me.workspace().id());
    }

    private void isRefused(Endpoint endpoint, String path, String body) {
        var answer = owner.method(HttpMethod.valueOf(endpoint.method()))
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectBody(String.class)
                .returnResult();

        assertThat(answer.getStatus().value())
                .as("%s %s %s: %s", endpoint.method(), path, body, answer.getResponseBody())
                .isBetween(400, 499);
        assertThat(answer.getResponseHeaders().getFirst("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.getResponseBody()).contains("\"type\":\"/problems/").doesNotContain("Exception", "java.");
    }
}
