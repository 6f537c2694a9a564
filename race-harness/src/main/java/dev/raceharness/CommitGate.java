package dev.raceharness;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Holds a transaction that wrote a table, once, inside its COMMIT. */
public record CommitGate(String writtenTable, Optional<String> condition) implements Gate {

    static final String LABEL = "commit";

    static CommitGate of(String table) {
        return new CommitGate(table, Optional.empty());
    }

    /**
     * Holds only when a row was written of which the SQL condition over {@code NEW} and {@code OLD} was true: one that
     * mentions {@code NEW} is about rows inserted or updated, one that mentions {@code OLD} about those updated or deleted.
     */
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

    List<TriggerDefinition> triggers() {
        return Operation.judgedBy(condition, EnumSet.allOf(Operation.class)).stream()
                .map(operation -> new TriggerDefinition(
                        writtenTable, "AFTER " + operation, TriggerDefinition.Level.ROW_AT_COMMIT, condition))
                .toList();
    }

    @Override
    public String toString() {
        return description();
    }
}
