package dev.raceharness;

import java.util.concurrent.ThreadLocalRandom;

/**
 * One run of the racers. An exploration makes many, each on data of its own.
 *
 * @param token new for every run: 12 lower-case letters and digits, beginning with a letter; names made with it collide
 *     with nothing
 */
public record Run(String token) {

    /** What a racer, a fixture or an observer does in one run. */
    @FunctionalInterface
    public interface Action {
        Object in(Run run) throws Exception;
    }

    private static final String LETTERS_AND_DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

    /** One whose token was never used before. */
    public static Run fresh() {
        var random = ThreadLocalRandom.current();
        var token = new StringBuilder("r");
        while (token.length() < 12) {
            token.append(LETTERS_AND_DIGITS.charAt(random.nextInt(LETTERS_AND_DIGITS.length())));
        }
        return new Run(token.toString());
    }
}
