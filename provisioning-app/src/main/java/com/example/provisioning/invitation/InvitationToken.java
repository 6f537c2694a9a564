package com.example.provisioning.invitation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Shown once, to whoever invites. Nobody guesses 256 random bits, so a plain hash of them is enough to keep. */
record InvitationToken(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static InvitationToken random() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new InvitationToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Not the token: records end up in logs. */
    @Override
    public String toString() {
        return "InvitationToken[...]";
    }
}
