package dev.raceharness;

import java.util.Locale;

/** What a statement does to a table. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
