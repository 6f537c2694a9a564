package dev.raceharness;

/**
 * A concurrent caller: what it is called and what it does, on a thread of its own.
 *
 * @param usesRun whether what it does depends on the run
 */
record Racer(String name, Run.Action action, boolean usesRun) {

    Racer {
        if (name.isBlank() || name.contains(":") || name.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException(
                    "'" + name + "' cannot be a racer's name: schedules need it without blanks and colons.");
        }
    }
}
