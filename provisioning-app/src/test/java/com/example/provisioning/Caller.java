package com.example.provisioning;

import com.example.provisioning.development.DevelopmentIssuer;
import com.example.provisioning.login.Me;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Signs people in over HTTP. */
@TestComponent
public class Caller {

    private final RestTestClient client;
    private final DevelopmentIssuer issuer;

    Caller(RestTestClient client, DevelopmentIssuer issuer) {
        this.client = client;
        this.issuer = issuer;
    }

    /** Claims of somebody whom no other test knows, with what is given added to them. */
    public static Map<String, Object> somebody(Map<String, ?> more) {
        var claims = new HashMap<String, Object>(Map.of("sub", UUID.randomUUID().toString(), "name", "Somebody"));
        claims.putAll(more);
        return claims;
    }

    public static String newCompany() {
        return "Company " + UUID.randomUUID();
    }

    public Me login(Map<String, ?> claims) {
        return call(issuer.token(claims))
                .expectStatus().isOk()
                .expectBody(Me.class)
                .returnResult()
                .getResponseBody();
    }

    /** A client that sends the token of this person with every request. */
    public RestTestClient as(Map<String, ?> claims) {
        return client.mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(issuer.token(claims)))
                .build();
    }

    public RestTestClient.ResponseSpec call(String token) {
        return client.get().uri("/api/me").headers(headers -> headers.setBearerAuth(token)).exchange();
    }
}
