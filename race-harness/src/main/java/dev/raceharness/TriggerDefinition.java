package dev.raceharness;

import java.util.Optional;

/** What of a trigger differs from gate to gate; the rest is in {@link Installation}. */
record TriggerDefinition(String table, String event, Level level, Optional<String> condition) {

    enum Level {
        ROW("TRIGGER", "FOR EACH ROW"),
        STATEMENT("TRIGGER", "FOR EACH STATEMENT"),
        ROW_AT_COMMIT("CONSTRAINT TRIGGER", "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW");

        final String kind;
        final String clause;

        Level(String kind, String clause) {
            this.kind = kind;
            this.clause = clause;
        }
    }
}
