package com.example.provisioning.development;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Issues tokens to everybody who asks, with a key that exists only as long as the process does. */
@TestConfiguration(proxyBeanMethods = false)
public class DevelopmentIssuer {

    static final String ISSUER = "https://issuer.development.example";
    static final String API_AUDIENCE = "provisioning-api";

    private final RSAKey key = newKey();
    private final JWKSource<SecurityContext> keys = new ImmutableJWKSet<>(new JWKSet(key));
    private final JwtEncoder encoder = new NimbusJwtEncoder(keys);

    /** Signature, issuer, audience and times are checked as in production. */
    @Bean
    JwtDecoder jwtDecoder() throws JOSEException {
        var decoder = NimbusJwtDecoder.withPublicKey(publicKey()).build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithValidators(
                new JwtIssuerValidator(ISSUER), new JwtAudienceValidator(API_AUDIENCE)));
        return decoder;
    }

    JWKSource<SecurityContext> keys() {
        return keys;
    }

    /** For another process that is to accept these tokens. */
    public RSAPublicKey publicKey() throws JOSEException {
        return key.toRSAPublicKey();
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
        return encoder.encode(JwtEncoderParameters.from(all)).getTokenValue();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("development").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
