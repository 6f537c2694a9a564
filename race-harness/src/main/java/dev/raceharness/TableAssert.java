package dev.raceharness;

import java.util.OptionalLong;

/** Assertions on the database's figures for one table. */
public final class TableAssert {

    private final OutcomeAssert parent;
    private final TableEvidence evidence;

    TableAssert(OutcomeAssert parent, TableEvidence evidence) {
        this.parent = parent;
        this.evidence = evidence;
    }

    public TableAssert attempted(long expected) {
        return check("attempted", evidence.attempted(), expected);
    }

    public TableAssert refused(long expected) {
        return check("refused", evidence.refused(), expected);
    }

    public TableAssert uniqueViolations(long expected) {
        return check("unique violations", evidence.uniqueViolations(), expected);
    }

    /** Unique violations of this constraint or unique index. */
    public TableAssert uniqueViolationsOf(String constraint, long expected) {
        return check(
                "unique violations of " + constraint,
                evidence.violations()
                        .map(byConstraint -> OptionalLong.of(byConstraint.getOrDefault(constraint, 0L)))
                        .orElse(OptionalLong.empty()),
                expected);
    }

    /** Rows that the racers added for good, less those that they deleted for good. */
    public TableAssert rows(long expected) {
        return check("rows", OptionalLong.of(evidence.rows()), expected);
    }

    /** Back to the outcome, for another table. */
    public TableAssert on(String table) {
        return parent.on(table);
    }

    private TableAssert check(String what, OptionalLong actual, long expected) {
        if (actual.isEmpty()) {
            throw parent.failure(
                    "Expected " + expected + " " + what + " on " + evidence.table()
                            + ", but that figure is unknown: see the sources of the evidence",
                    null);
        }
        if (actual.getAsLong() != expected) {
            throw parent.failure(
                    "Expected " + expected + " " + what + " on " + evidence.table() + ", but the database says "
                            + actual.getAsLong(),
                    null);
        }
        return this;
    }
}
