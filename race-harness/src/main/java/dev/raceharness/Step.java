package dev.raceharness;

import java.util.Optional;

/**
 * One step of an interleaving: the racer leaves the gate, or starts, and runs until nothing can move any more.
 *
 * @param gate label of the gate, or {@link #START}
 * @param fault what happens to the racer instead of being let go
 */
public record Step(String racer, String gate, Optional<Fault> fault) {

    /** In place of a gate: the racer starts. */
    public static final String START = "start";

    Step(String racer, String gate) {
        this(racer, gate, Optional.empty());
    }

    static Step parse(String text) {
        var colon = text.indexOf(':');
        var mark = text.indexOf('!');
        var end = mark < 0 ? text.length() : mark;
        if (colon < 1 || colon >= end - 1 || mark == text.length() - 1) {
            throw new IllegalArgumentException("'" + text
                    + "' is no step: expected racer:gate, for instance ada:organization, or with a fault,"
                    + " ada:organization!terminate.");
        }
        return new Step(
                text.substring(0, colon),
                text.substring(colon + 1, end),
                mark < 0 ? Optional.empty() : Optional.of(Fault.parse(text.substring(mark + 1))));
    }

    Step withFault(Fault instead) {
        return new Step(racer, gate, Optional.of(instead));
    }

    boolean isStart() {
        return gate.equals(START);
    }

    @Override
    public String toString() {
        return racer + ":" + gate + fault.map(instead -> "!" + instead.word()).orElse("");
    }
}
