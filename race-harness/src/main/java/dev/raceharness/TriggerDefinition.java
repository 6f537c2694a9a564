package dev.raceharness;

import java.util.List;
import java.util.Optional;

/** What of a trigger differs from gate to gate; the rest is in {@link Installation}. */
record TriggerDefinition(String table, String event, Level level, Optional<String> condition) {

    /** Those that this gate consists of; none if it is no trigger on a table. */
    static List<TriggerDefinition> of(Gate gate) {
        if (gate instanceof WriteGate write) {
            return write.triggers();
        }
        return gate instanceof CommitGate commit ? commit.triggers() : List.of();
    }

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
