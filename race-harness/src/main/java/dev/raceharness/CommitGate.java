package dev.raceharness;

import java.util.Optional;

/** Holds a transaction that wrote a table, once, inside its COMMIT. */
public record CommitGate(String writtenTable, Optional<String> condition) implements Gate {

    static final String LABEL = "commit";

    static CommitGate of(String table) {
        return new CommitGate(table, Optional.empty());
    }

    /** Holds only when a row was written of which the SQL condition over {@code NEW} and {@code OLD} was true. */
    public CommitGate when(String sqlCondition) {
        return new CommitGate(writtenTable, Optional.of(sqlCondition));
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public String description() {
        return "before commit after " + writtenTable
                + condition.map(sql -> " when (" + sql + ")").orElse("");
    }

    @Override
    public Optional<String> table() {
        return Optional.of(writtenTable);
    }

    TriggerDefinition trigger() {
        return new TriggerDefinition(
                writtenTable, "AFTER INSERT OR UPDATE OR DELETE", TriggerDefinition.Level.ROW_AT_COMMIT, condition);
    }

    @Override
    public String toString() {
        return description();
    }
}
