package com.example.provisioning.security;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentIssuer;
import com.example.provisioning.login.Me;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** More than a hundred requests that make no sense: each is a problem of the caller's, and changes nothing. */
@ApplicationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    String port;

    @Autowired
    DevelopmentIssuer issuer;

    @Autowired
    Tables tables;

    Map<String, Object> owner;
    Me me;
    Object before;

    @BeforeAll
    void somebodyIsThere(@Autowired Caller caller) {
        owner = somebody(Map.of("company", newCompany()));
        me = caller.login(owner);
    }

    @BeforeEach
    void remember() {
        before = tables.fingerprint();
    }

    @AfterEach
    void nothingChanged() {
        assertThat(tables.fingerprint()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("com.example.provisioning.security.Malformed#authorizations")
    void authorization(String header) throws Exception {
        var token = issuer.token(somebody(Map.of("company", newCompany())));

        isRefused(request("/api/me").header("Authorization", header.replace("TOKEN", token)));
    }

    @ParameterizedTest
    @MethodSource("com.example.provisioning.security.Malformed#claims")
    void claim(String name, Object value) throws Exception {
        var token = issuer.token(somebody(Map.of(name, value)));

        isRefused(request("/api/me").header("Authorization", "Bearer " + token));
    }

    @ParameterizedTest
    @MethodSource("com.example.provisioning.security.Malformed#paths")
    void path(String method, String path) throws Exception {
        isRefused(asOwner(path).method(method, BodyPublishers.ofString("{}")));
    }

    @ParameterizedTest
    @MethodSource("com.example.provisioning.security.Malformed#bodies")
    void body(String path, String body) throws Exception {
        isRefused(asOwner(path).method(path.endsWith("role") ? "PUT" : "POST", BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @MethodSource("com.example.provisioning.security.Malformed#contents")
    void content(String type, byte[] body) throws Exception {
        isRefused(asOwner("/api/workspaces/{workspace}/documents")
                .setHeader("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder asOwner(String path) {
        return request(path.replace("{workspace}", me.workspace().id().toString())
                        .replace("{organization}", me.organization().id().toString())
                        .replace("{user}", me.user().id().toString()))
                .header("Authorization", "Bearer " + issuer.token(owner))
                .header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static void isRefused(HttpRequest.Builder request) throws Exception {
        var answer = HTTP.send(request.build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"type\":\"/problems/").doesNotContain("Exception", "org.", "java.");
    }
}
