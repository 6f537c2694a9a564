package dev.raceharness.database;

import java.security.SecureRandom;

/** Names chosen at run time, so that two builds on one machine or one server never meet. */
final class RandomName {
    private RandomName() {}

    /** Twelve letters and digits, which need no quoting anywhere. */
    static String token() {
        var letters = new SecureRandom().ints(12, 0, 36).map(i -> Character.forDigit(i, 36));
        return letters.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
