package com.example.provisioning.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** No client library would send these, so they are written by hand. */
@ApplicationTest
class ServerProblemTests {

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/me?[ HTTP/1.1", "GET /api/%zz HTTP/1.1", "GET /%2e%2e/%2e%2e/etc HTTP/1.1"})
    void whatIsNoRequestIsAProblem(String requestLine) throws IOException {
        var answer = send(requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400")
                .contains("Content-Type: application/problem+json", "\"/problems/bad-request\"")
                .doesNotContainIgnoringCase("<html", "tomcat", "exception");
    }

    private String send(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
