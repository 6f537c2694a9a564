package com.example.provisioning.development;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Issues tokens to everybody who asks, with a key that exists only as long as the process does. */
@TestConfiguration(proxyBeanMethods = false)
public class DevelopmentIssuer {

    private static final String ISSUER = "https://issuer.development.example";

    private final KeyPair key = newKey();
    private final JwtEncoder encoder =
            NimbusJwtEncoder.withKeyPair((RSAPublicKey) key.getPublic(), (RSAPrivateKey) key.getPrivate()).build();

    /** Signature, issuer and times are checked as in production. */
    @Bean
    JwtDecoder jwtDecoder() {
        var decoder = NimbusJwtDecoder.withPublicKey((RSAPublicKey) key.getPublic()).build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(ISSUER));
        return decoder;
    }

    public String token(DevelopmentPerson person) {
        return token(person.claims());
    }

    /** A token valid for an hour, unless the claims say otherwise. */
    public String token(Map<String, ?> claims) {
        var now = Instant.now();
        var all = JwtClaimsSet.builder()
                .issuer(ISSUER)
                .issuedAt(now)
                .expiresAt(now.plus(Duration.ofHours(1)))
                .claims(token -> token.putAll(claims))
                .build();
        return encoder.encode(JwtEncoderParameters.from(all)).getTokenValue();
    }

    private static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("RSA").generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
