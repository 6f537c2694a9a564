package com.example.provisioning.identity;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of a token, of which nothing gets through that a table could not hold. */
record Claims(Map<String, Object> values) {

    private static final int MAX_LENGTH = 255;

    /** Exactly as the token has it: identifiers are not tidied up. */
    String identifier(String claim) {
        Object value = values.get(claim);
        if (value == null) {
            throw new InvalidClaimException(claim, "is missing");
        }
        return checked(claim, value.toString());
    }

    @Nullable String text(String claim) {
        Object value = values.get(claim);
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return checked(claim, text).strip();
        }
        throw new InvalidClaimException(claim, "is not a text");
    }

    /** Some providers send the text "true". Anything else is not a yes. */
    boolean isTrue(String claim) {
        return "true".equals(String.valueOf(values.get(claim)));
    }

    private static String checked(String claim, String text) {
        if (text.isBlank()) {
            throw new InvalidClaimException(claim, "is blank");
        }
        if (text.length() > MAX_LENGTH) {
            throw new InvalidClaimException(
                    claim, "is %d characters long; at most %d are possible".formatted(text.length(), MAX_LENGTH));
        }
        if (text.codePoints().anyMatch(Claims::isUnstorable)) {
            throw new InvalidClaimException(claim, "contains a control character");
        }
        return text;
    }

    private static boolean isUnstorable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE; // half a surrogate pair
    }
}
