package dev.raceharness;

/** One step of an interleaving: the racer leaves the gate and runs until nothing can move any more. */
public record Step(String racer, String gate) {

    static Step parse(String text) {
        var colon = text.indexOf(':');
        if (colon < 1 || colon == text.length() - 1) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no step: expected racer:gate, for instance ada:organization.");
        }
        return new Step(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return racer + ":" + gate;
    }
}
