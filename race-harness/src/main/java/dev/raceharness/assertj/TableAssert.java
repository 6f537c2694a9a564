package dev.raceharness.assertj;

import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;

/** {@link dev.raceharness.TableAssert} as an AssertJ assertion. */
public class TableAssert extends AbstractAssert<TableAssert, dev.raceharness.TableAssert> {

    private final OutcomeAssert outcome;

    TableAssert(OutcomeAssert outcome, dev.raceharness.TableAssert plain) {
        super(plain, TableAssert.class);
        this.outcome = outcome;
    }

    public TableAssert attempted(long expected) {
        return holds(plain -> plain.attempted(expected));
    }

    public TableAssert refused(long expected) {
        return holds(plain -> plain.refused(expected));
    }

    public TableAssert uniqueViolations(long expected) {
        return holds(plain -> plain.uniqueViolations(expected));
    }

    /** Unique violations of this constraint or unique index. */
    public TableAssert uniqueViolationsOf(String constraint, long expected) {
        return holds(plain -> plain.uniqueViolationsOf(constraint, expected));
    }

    /** Rows that the racers added for good, less those that they deleted for good. */
    public TableAssert rows(long expected) {
        return holds(plain -> plain.rows(expected));
    }

    /** Back to the outcome, for another table. */
    public TableAssert on(String table) {
        return outcome.on(table);
    }

    private TableAssert holds(Consumer<dev.raceharness.TableAssert> assertion) {
        try {
            assertion.accept(actual);
        } catch (AssertionError e) {
            throw failure("%s", e.getMessage());
        }
        return this;
    }
}
