package dev.raceharness;

import java.util.regex.Pattern;

/** What happens to a racer at its gate instead of its release. */
public sealed interface Fault {

    /** The server ends the racer's session (57P01), as when its process is killed. */
    static Fault terminateBackend() {
        return new Terminate();
    }

    /** The server cancels the racer's statement (57014). */
    static Fault cancelStatement() {
        return new Cancel();
    }

    /**
     * The racer's statement fails with this SQLSTATE.
     *
     * @throws IllegalArgumentException unless it consists of five digits or capital letters, and means an error
     */
    static Fault raise(String sqlState) {
        return new Raise(sqlState);
    }

    /** The racer's transaction rolls back (40000). */
    static Fault rollBack() {
        return new Raise("40000");
    }

    /** As steps of a schedule name it: {@code terminate}, {@code cancel}, or an SQLSTATE. */
    String word();

    /** @throws IllegalArgumentException if the word names no fault */
    static Fault parse(String word) {
        return switch (word) {
            case "terminate" -> terminateBackend();
            case "cancel" -> cancelStatement();
            default -> raise(word);
        };
    }

    record Terminate() implements Fault {
        @Override
        public String word() {
            return "terminate";
        }

        @Override
        public String toString() {
            return "its backend terminated";
        }
    }

    record Cancel() implements Fault {
        @Override
        public String word() {
            return "cancel";
        }

        @Override
        public String toString() {
            return "its statement cancelled";
        }
    }

    record Raise(String sqlState) implements Fault {

        private static final Pattern SQLSTATE = Pattern.compile("(?!00|01|02)[0-9A-Z]{5}");

        public Raise {
            if (!SQLSTATE.matcher(sqlState).matches()) {
                throw new IllegalArgumentException("'" + sqlState
                        + "' is no SQLSTATE of an error: expected five digits or capital letters, for instance 40001.");
            }
        }

        @Override
        public String word() {
            return sqlState;
        }

        @Override
        public String toString() {
            return "SQLSTATE " + sqlState;
        }
    }
}
