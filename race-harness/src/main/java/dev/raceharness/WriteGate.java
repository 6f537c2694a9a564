package dev.raceharness;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Holds a statement that writes a table.
 *
 * <p>A racer is held once a statement. INSERT is held at its first row, hence after a check that is part of the
 * statement ({@code INSERT ... SELECT ... WHERE NOT EXISTS}); UPDATE and DELETE are held before they lock their first
 * row, because a second racer would otherwise wait for the row and never reach the gate.
 */
public record WriteGate(Moment moment, Set<Operation> operations, String writtenTable, Optional<String> condition)
        implements Gate {

    /** On which side of the write the gate stands. */
    public enum Moment {
        BEFORE,
        AFTER;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public WriteGate {
        operations = Set.copyOf(EnumSet.copyOf(operations));
    }

    static WriteGate of(Moment moment, Set<Operation> operations, String table) {
        return new WriteGate(moment, operations, table, Optional.empty());
    }

    /**
     * Holds only for rows of which the SQL condition over {@code NEW} and {@code OLD} is true. An UPDATE or DELETE has
     * locked its row by the time the condition is judged: of two racers for one row the second then waits behind the
     * first, and the race is {@linkplain Verdict#SERIALISED serialised}. An INSERT has no {@code OLD} and a DELETE no
     * {@code NEW}: a gate for several operations then holds only those that the condition can judge.
     */
    public WriteGate when(String sqlCondition) {
        return new WriteGate(moment, operations, writtenTable, Optional.of(sqlCondition));
    }

    @Override
    public String label() {
        var name = writtenTable.replace(" ", "%20");
        return moment == Moment.BEFORE ? name : "after-" + name;
    }

    /** The table that a label names. */
    static String tableOf(String label) {
        return label.replace("%20", " ");
    }

    @Override
    public String description() {
        var what = operations.size() == 1 ? operations.iterator().next().word() : "write";
        return moment.word() + " " + what + " on " + writtenTable
                + condition.map(sql -> " when (" + sql + ")").orElse("");
    }

    @Override
    public Optional<String> table() {
        return Optional.of(writtenTable);
    }

    List<TriggerDefinition> triggers() {
        return Operation.judgedBy(condition, operations).stream().map(this::trigger).toList();
    }

    private TriggerDefinition trigger(Operation operation) {
        var perRow = moment == Moment.AFTER || operation == Operation.INSERT || condition.isPresent();
        return new TriggerDefinition(
                writtenTable,
                moment + " " + operation,
                perRow ? TriggerDefinition.Level.ROW : TriggerDefinition.Level.STATEMENT,
                condition);
    }

    @Override
    public String toString() {
        return description();
    }
}
