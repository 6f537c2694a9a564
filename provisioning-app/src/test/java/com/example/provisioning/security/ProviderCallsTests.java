package com.example.provisioning.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

class ProviderCallsTests {

    /** Nobody gets as far as to its signature. */
    private static final String TOKEN = Stream.of("{\"alg\":\"RS256\"}", "{\"sub\":\"ada\"}", "signature")
            .map(part -> Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(UTF_8)))
            .collect(Collectors.joining("."));

    private final ProviderCalls calls = new ProviderCalls(Duration.ofMillis(200));

    private enum Call {
        METADATA,
        CODE,
        KEYS_OF_A_SIGN_IN,
        KEYS_OF_A_TOKEN,
        USER_INFO
    }

    @ParameterizedTest
    @EnumSource
    void aProviderThatNeverAnswersHoldsNobodyUp(Call call) throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var provider = "http://127.0.0.1:" + silent.getLocalPort();

            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> ask(call, provider)).hasRootCauseInstanceOf(IOException.class));
        }
    }

    private void ask(Call call, String provider) {
        var code = codeFor(provider);
        switch (call) {
            case METADATA -> calls.metadata(provider);
            case CODE -> calls.tokenCall().getTokenResponse(code);
            case KEYS_OF_A_SIGN_IN ->
                calls.keysOfSignIns().createDecoder(code.getClientRegistration()).decode(TOKEN);
            case KEYS_OF_A_TOKEN -> {
                var decoder = NimbusJwtDecoder.withJwkSetUri(provider + "/keys");
                calls.keysOfTokens().customize(decoder);
                decoder.build().decode(TOKEN);
            }
            case USER_INFO -> {
                var now = Instant.now();
                var access = new OAuth2AccessToken(
                        TokenType.BEARER, "token", now, now.plusSeconds(60), Set.of("profile"));
                var person = new OidcIdToken("token", now, now.plusSeconds(60), Map.of("sub", "ada"));
                calls.userInfoCall().loadUser(new OidcUserRequest(code.getClientRegistration(), access, person));
            }
        }
    }

    private static OAuth2AuthorizationCodeGrantRequest codeFor(String provider) {
        var registration = ClientRegistration.withRegistrationId("company")
                .clientId("pages")
                .clientSecret("secret")
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://127.0.0.1/back")
                .authorizationUri(provider + "/authorize")
                .tokenUri(provider + "/token")
                .jwkSetUri(provider + "/keys")
                .userInfoUri(provider + "/me")
                .userNameAttributeName("sub")
                .scope("openid", "profile")
                .build();
        var asked = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(provider + "/authorize")
                .clientId("pages")
                .redirectUri("http://127.0.0.1/back")
                .state("state")
                .build();
        var answered = OAuth2AuthorizationResponse.success("code")
                .redirectUri("http://127.0.0.1/back")
                .state("state")
                .build();
        return new OAuth2AuthorizationCodeGrantRequest(
                registration, new OAuth2AuthorizationExchange(asked, answered));
    }
}
