package com.example.provisioning.security;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Every call to the identity provider. By default most of them would wait for an answer for ever. */
@Configuration(proxyBeanMethods = false)
class ProviderCalls {

    private static final ParameterizedTypeReference<Map<String, Object>> METADATA =
            new ParameterizedTypeReference<>() {};

    private final JdkClientHttpRequestFactory calls;

    ProviderCalls(@Value("${provisioning.identity-provider.timeout}") Duration timeout) {
        this.calls = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(timeout).build());
        this.calls.setReadTimeout(timeout);
    }

    /** What an identity provider says about itself: where to send people, and where to ask for tokens and keys. */
    Map<String, Object> metadata(String issuer) {
        return RestClient.builder().requestFactory(calls).build()
                .get().uri(issuer + "/.well-known/openid-configuration")
                .retrieve()
                .requiredBody(METADATA);
    }

    @Bean
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokenCall() {
        var call = new RestClientAuthorizationCodeTokenResponseClient();
        call.setRestClient(RestClient.builder()
                .requestFactory(calls)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return call;
    }

    @Bean
    OidcUserService userInfoCall() {
        var http = new RestTemplate(calls);
        http.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        var call = new DefaultOAuth2UserService();
        call.setRestOperations(http);
        var users = new OidcUserService();
        users.setOauth2UserService(call);
        return users;
    }

    /** For the keys that browsers' sign-ins are signed with; what is checked is what is checked by default. */
    @Bean
    JwtDecoderFactory<ClientRegistration> keysOfSignIns() {
        Map<String, JwtDecoder> decoders = new ConcurrentHashMap<>();
        return client -> decoders.computeIfAbsent(
                client.getProviderDetails().getJwkSetUri(), keys -> idTokenDecoder(client, keys));
    }

    private JwtDecoder idTokenDecoder(ClientRegistration client, String keys) {
        var decoder = NimbusJwtDecoder.withJwkSetUri(keys).restOperations(new RestTemplate(calls)).build();
        decoder.setClaimSetConverter(OidcIdTokenDecoderFactory.createDefaultClaimTypeConverter());
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(), new OidcIdTokenValidator(client)));
        return decoder;
    }

    /** For the keys that tokens for the API are signed with. */
    @Bean
    JwkSetUriJwtDecoderBuilderCustomizer keysOfTokens() {
        return decoder -> decoder.restOperations(new RestTemplate(calls));
    }
}
