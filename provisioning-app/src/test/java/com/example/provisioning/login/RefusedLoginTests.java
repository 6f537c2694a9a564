package com.example.provisioning.login;

import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.development.DevelopmentIssuer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@ApplicationTest
class RefusedLoginTests {

    private static final Instant PAST = Instant.now().minusSeconds(7200);

    @Autowired
    Caller caller;

    @Autowired
    DevelopmentIssuer issuer;

    @Autowired
    Tables tables;

    private List<String> before;

    @BeforeEach
    void remember() {
        before = tables.everything();
    }

    @AfterEach
    void nothingWasWritten() {
        assertThat(tables.everything()).isEqualTo(before);
    }

    static Stream<Arguments> unusableClaims() {
        return Stream.of(
                argumentSet("no subject", "sub", Map.of("name", "Nobody")),
                argumentSet("blank subject", "sub", Map.of("sub", " ")),
                argumentSet("long subject", "sub", Map.of("sub", "x".repeat(256))),
                argumentSet("subject with a zero byte", "sub", Map.of("sub", "a\u0000b")),
                argumentSet("subject with a line break", "sub", Map.of("sub", "a\nb")),
                argumentSet("blank company", "company", somebody(Map.of("company", "\u3000"))),
                argumentSet("invisible company", "company", somebody(Map.of("company", "\u200b\u2060"))),
                argumentSet("long company", "company", somebody(Map.of("company", "x".repeat(256)))),
                argumentSet("company that gets long", "company", somebody(Map.of("company", "\ufdfa".repeat(20)))),
                argumentSet("several companies", "company", somebody(Map.of("company", List.of("A", "B")))),
                argumentSet("company with a bell", "company", somebody(Map.of("company", "Acme\u0007"))),
                argumentSet("long name", "name", somebody(Map.of("name", "x".repeat(256)))),
                argumentSet("name that is a number", "name", somebody(Map.of("name", 42))),
                argumentSet("blank address", "email", somebody(Map.of("email", ""))),
                argumentSet("no address", "email", somebody(Map.of("email", "ada", "email_verified", true))),
                argumentSet("two domains", "email", somebody(Map.of("email", "a@b.com@c.com", "email_verified", true))),
                argumentSet("no domain", "email", somebody(Map.of("email", "ada@a..com", "email_verified", true))));
    }

    @ParameterizedTest
    @MethodSource("unusableClaims")
    void unusableClaimIsNamed(String claim, Map<String, Object> claims) {
        caller.call(issuer.token(claims))
                .expectStatus().isBadRequest()
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.claim").isEqualTo(claim)
                .jsonPath("$.detail").value(detail -> assertThat(detail.toString()).contains("'" + claim + "'"));
    }

    static Stream<Arguments> invalidTokens() {
        return Stream.of(
                argumentSet("expired", Map.of("iat", PAST.minusSeconds(1), "exp", PAST)),
                argumentSet("not yet valid", Map.of("nbf", Instant.now().plusSeconds(3600))),
                argumentSet("for another audience", Map.of("aud", List.of("provisioning-pages"))),
                argumentSet("for nobody", Map.of("aud", List.of())),
                argumentSet("of another issuer", Map.of("iss", "https://elsewhere.example")));
    }

    @ParameterizedTest
    @MethodSource("invalidTokens")
    void invalidTokenIsUnauthorized(Map<String, Object> claims) {
        expectUnauthorized(caller.call(issuer.token(somebody(claims))));
    }

    @Test
    void tokenSignedWithAnotherKeyIsUnauthorized() {
        expectUnauthorized(caller.call(new DevelopmentIssuer().token(somebody(Map.of()))));
    }

    @Test
    void unsignedTokenIsUnauthorized() {
        var parts = issuer.token(somebody(Map.of())).split("\\.");
        expectUnauthorized(caller.call("eyJhbGciOiJub25lIn0." + parts[1] + "."));
    }

    @Test
    void nonsenseIsUnauthorized() {
        expectUnauthorized(caller.call("nonsense"));
    }

    @Test
    void noTokenIsUnauthorized(@Autowired RestTestClient client) {
        expectUnauthorized(client.get().uri("/api/me").exchange());
    }

    private static void expectUnauthorized(RestTestClient.ResponseSpec response) {
        response.expectStatus().isUnauthorized()
                .expectHeader().exists("WWW-Authenticate")
                .expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody().jsonPath("$.detail").isNotEmpty();
    }
}
