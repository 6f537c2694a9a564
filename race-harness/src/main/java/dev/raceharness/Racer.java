package dev.raceharness;

import java.util.concurrent.Callable;

/** A concurrent caller: what it is called and what it does, on a thread of its own. */
record Racer(String name, Callable<?> action) {

    Racer {
        if (name.isBlank() || name.contains(":") || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be a racer's name: schedules need it without blanks and colons.");
        }
    }
}
