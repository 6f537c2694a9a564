package com.example.provisioning.security;

import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.development.DevelopmentIssuer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** The other tests bring a decoder of their own; here is the one of production, made from application.properties. */
@ApplicationTest
class TokenChecksTests {

    @Autowired
    DevelopmentIssuer issuer;

    @LocalServerPort
    String port;

    static List<Map<String, Object>> refused() {
        return List.of(
                Map.of("iss", "https://elsewhere.example"),
                Map.of("aud", List.of("provisioning-pages")), // what a browser's sign-in gives is no token for the API
                Map.of("exp", Instant.now().minusSeconds(120), "iat", Instant.now().minusSeconds(240)),
                Map.of("nbf", Instant.now().plusSeconds(120)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void issuerAudienceAndTimesAreChecked(Map<String, Object> claims) {
        inProduction(decoder -> assertThatThrownBy(() -> decoder.decode(issuer.token(somebody(claims))))
                .isInstanceOf(JwtException.class));
    }

    @Test
    void aTokenForTheApiIsAccepted() {
        inProduction(decoder -> assertThat(decoder.decode(issuer.token(somebody(Map.of("sub", "ada")))).getSubject())
                .isEqualTo("ada"));
    }

    private void inProduction(Consumer<JwtDecoder> use) {
        new WebApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(OAuth2ResourceServerAutoConfiguration.class))
                .withPropertyValues(
                        "spring.security.oauth2.resourceserver.jwt.issuer-uri=https://issuer.development.example",
                        "spring.security.oauth2.resourceserver.jwt.jws-algorithms=" + DevelopmentIssuer.ALGORITHM,
                        "spring.security.oauth2.resourceserver.jwt.jwk-set-uri=http://127.0.0.1:" + port
                                + DevelopmentIssuer.KEYS)
                .run(context -> use.accept(context.getBean(JwtDecoder.class)));
    }
}
