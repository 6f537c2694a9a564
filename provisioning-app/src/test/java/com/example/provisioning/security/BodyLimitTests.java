package com.example.provisioning.security;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentIssuer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApplicationTest
class BodyLimitTests {

    private static final int LARGEST = 1 << 20;

    @Autowired
    Caller caller;

    @Autowired
    DevelopmentIssuer issuer;

    @LocalServerPort
    int port;

    @ParameterizedTest
    @CsvSource({
        "/documents, true, false", "/documents, false, false", "/documents, true, true", "/documents, false, true",
        "/api/webhooks, true, false", "/api/webhooks, false, false"
    })
    void whatIsTooLongIsRefusedWhetherItSaysHowLongItIsOrNot(
            String path, boolean saysSo, boolean withKey, @Autowired Tables tables) throws Exception {
        var ada = somebody(Map.of("company", newCompany()));
        var uri = path.startsWith("/api") ? path : "/api/workspaces/" + caller.login(ada).workspace().id() + path;
        var before = tables.fingerprint();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + uri))
                .header("Authorization", "Bearer " + issuer.token(ada))
                .header("Content-Type", "application/json")
                .POST(body(LARGEST + 1, saysSo));
        if (withKey) {
            request.header("Idempotency-Key", "too-long");
        }

        var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("/problems/content-too-large");
        assertThat(tables.fingerprint()).isEqualTo(before);
    }

    /** What is allowed is read to its end, and refused for another reason. */
    @Test
    void theLongestIsRead() throws Exception {
        var ada = somebody(Map.of("company", newCompany()));
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/workspaces/%s/documents"
                        .formatted(port, caller.login(ada).workspace().id())))
                .header("Authorization", "Bearer " + issuer.token(ada))
                .header("Content-Type", "application/json")
                .POST(body(LARGEST, false));

        assertThat(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body())
                .contains("/problems/invalid");
    }

    private static BodyPublisher body(int length, boolean saysSo) {
        var frame = "{\"title\":\"T\",\"text\":\"\"}";
        var body = frame.replace("\"\"", "\"" + "x".repeat(length - frame.length()) + "\"")
                .getBytes(StandardCharsets.UTF_8);
        return saysSo
                ? BodyPublishers.ofByteArray(body)
                : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }
}
