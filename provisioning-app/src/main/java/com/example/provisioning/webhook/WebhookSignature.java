package com.example.provisioning.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** HMAC-SHA256 over identifier, time and body, by the secret that sender and receiver share. */
@Component
public class WebhookSignature {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";

    private final byte @Nullable [] secret;

    WebhookSignature(WebhookProperties properties) {
        var text = properties.secret();
        this.secret = text == null || text.isBlank() ? null : decoded(text);
    }

    private static byte[] decoded(String secret) {
        if (!secret.startsWith(SECRET_PREFIX)) {
            throw new IllegalArgumentException("provisioning.webhook.secret must begin with " + SECRET_PREFIX);
        }
        return Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    }

    /** @param signatures several, separated by blanks, while the sender changes its secret */
    boolean isValid(String id, String timestamp, byte[] body, String signatures) {
        if (secret == null || !isNow(timestamp)) {
            return false;
        }
        var expected = sign(id, timestamp, body);
        return Stream.of(signatures.split(" ")).anyMatch(signature -> isEqual(expected, signature));
    }

    public String sign(String id, String timestamp, byte[] body) {
        if (secret == null) {
            throw new IllegalStateException("There is no provisioning.webhook.secret to sign with.");
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return VERSION + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Takes as long for a wrong signature as for the right one, so that nobody can find it out piece by piece. */
    private static boolean isEqual(String expected, String signature) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** Who recorded an old delivery cannot send it again. */
    private static boolean isNow(String timestamp) {
        return timestamp.matches("\\d{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now()).abs()
                                .compareTo(TOLERANCE)
                        <= 0;
    }
}
