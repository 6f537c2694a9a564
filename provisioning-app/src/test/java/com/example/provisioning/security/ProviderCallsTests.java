package com.example.provisioning.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

class ProviderCallsTests {

    private final ProviderCalls calls = new ProviderCalls(Duration.ofMillis(200));

    @Test
    void aProviderThatNeverAnswersHoldsNobodyUp() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var request = codeFor("http://127.0.0.1:" + silent.getLocalPort());

            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatThrownBy(
                            () -> calls.tokenCall().getTokenResponse(request))
                    .isInstanceOf(OAuth2AuthorizationException.class));
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
