package com.example.provisioning.development;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Issues tokens to everybody who asks, with a key that exists only as long as the process does. It is one of an elliptic
 * curve: a JVM without its second compiler, which tests do without, is slow at making keys of RSA and at signing with them.
 */
@TestConfiguration(proxyBeanMethods = false)
public class DevelopmentIssuer {

    /** An application that finds its keys at {@link #KEYS} has to be told. */
    public static final SignatureAlgorithm ALGORITHM = SignatureAlgorithm.ES256;

    public static final String KEYS = "/development/keys";

    public static final String ISSUER = "https://issuer.development.example";
    static final String API_AUDIENCE = "provisioning-api";

    private final JWKSet keys = new JWKSet(newKey());
    private final JWKSource<SecurityContext> source = new ImmutableJWKSet<>(keys);
    private final JwtEncoder encoder = new NimbusJwtEncoder(source);

    /**
     * Signature, issuer, audience and times are checked as in production, but the signature of a good token only once: a JVM
     * without its second compiler is busy with that for as long as with the rest of a request.
     */
    @Bean
    JwtDecoder jwtDecoder() {
        var claims = JwtValidators.createDefaultWithValidators(
                new JwtIssuerValidator(ISSUER), new JwtAudienceValidator(API_AUDIENCE));
        var decoder = NimbusJwtDecoder.withJwkSource(source).jwsAlgorithm(ALGORITHM).build();
        decoder.setJwtValidator(claims);
        var signed = new ConcurrentHashMap<String, Jwt>();
        return text -> signed.compute(text, (same, token) ->
                token != null && !claims.validate(token).hasErrors() ? token : decoder.decode(text));
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain tokensForEverybody(HttpSecurity http) throws Exception {
        return http.securityMatcher("/development/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** For curl, and for another process that is to accept these tokens. */
    @Bean
    RouterFunction<ServerResponse> tokensAndKeys() {
        return RouterFunctions.route()
                .GET("/development/token/{person}", this::token)
                .GET(KEYS, request -> ServerResponse.ok().body(keys.toPublicJWKSet().toJSONObject()))
                .build();
    }

    private ServerResponse token(ServerRequest request) {
        return DevelopmentPerson.named(request.pathVariable("person"))
                .map(person -> ServerResponse.ok().body(token(person)))
                .orElseGet(() -> ServerResponse.status(HttpStatus.NOT_FOUND)
                        .body(Arrays.stream(DevelopmentPerson.values())
                                .map(DevelopmentPerson::id)
                                .collect(Collectors.joining(", ", "Nobody has that name here; there are ", ".\n"))));
    }

    public String token(DevelopmentPerson person) {
        return token(person.claims());
    }

    /** A token valid for an hour, unless the claims say otherwise. */
    public String token(Map<String, ?> claims) {
        var now = Instant.now();
        var all = JwtClaimsSet.builder()
                .issuer(ISSUER)
                .audience(List.of(API_AUDIENCE))
                .issuedAt(now)
                .expiresAt(now.plus(Duration.ofHours(1)))
                .claims(token -> token.putAll(claims))
                .build();
        return encoder.encode(JwtEncoderParameters.from(JwsHeader.with(ALGORITHM).build(), all)).getTokenValue();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("development").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
