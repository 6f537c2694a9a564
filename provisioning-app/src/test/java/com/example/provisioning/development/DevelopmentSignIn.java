package com.example.provisioning.development;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.security.crypto.password.NoOpPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.util.function.SingletonSupplier;

/** The issuer as an identity provider for browsers: both sides of the sign-in, in one process and on one port. */
@TestConfiguration(proxyBeanMethods = false)
class DevelopmentSignIn {

    private static final String PROVIDER = "company";
    private static final String CLIENT = "provisioning-pages";
    private static final String SECRET = "development-only"; // no secret, and never to be used where one is needed

    /** The application's side. Nothing is known of the port until the first person signs in. */
    @Bean
    @Primary
    ClientRegistrationRepository developmentProvider(Environment environment) {
        return id -> id.equals(PROVIDER) ? at(environment.getRequiredProperty("local.server.port")) : null;
    }

    private static ClientRegistration at(String port) {
        var address = "http://127.0.0.1:" + port;
        return ClientRegistration.withRegistrationId(PROVIDER)
                .clientId(CLIENT)
                .clientSecret(SECRET)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
                .scope(OidcScopes.OPENID)
                .issuerUri(DevelopmentIssuer.ISSUER)
                .authorizationUri(address + "/oauth2/authorize")
                .tokenUri(address + "/oauth2/token")
                .jwkSetUri(address + "/oauth2/jwks")
                .build();
    }

    /** The issuer's side. It takes any port of this machine's for the one that the redirect names. */
    @Bean
    RegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId(CLIENT)
                .clientId(CLIENT)
                .clientSecret(SECRET)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://127.0.0.1/login/oauth2/code/" + PROVIDER)
                .scope(OidcScopes.OPENID)
                .build());
    }

    @Bean
    AuthorizationServerSettings issuerSettings() {
        return AuthorizationServerSettings.builder().issuer(DevelopmentIssuer.ISSUER).build();
    }

    /** RSA, which every client of OpenID Connect expects; made for the first who signs in, for that takes long. */
    @Bean
    JWKSource<SecurityContext> issuerKeys() {
        var keys = SingletonSupplier.of(() -> new JWKSet(newKey()));
        return (selector, context) -> selector.select(keys.obtain());
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("sign-in").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Unless told otherwise, the issuer stores what is no secret as a hash that is meant to be slow to check. */
    @Bean
    @SuppressWarnings("deprecation") // only against use where there are secrets
    PasswordEncoder secretAsItIs() {
        return NoOpPasswordEncoder.getInstance();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> whatIsKnownOfAPerson() {
        return token -> DevelopmentPerson.named(token.getPrincipal().getName())
                .ifPresent(person -> token.getClaims().claims(claims -> claims.putAll(person.claims())));
    }
}
