package dev.raceharness.assertj;

import dev.raceharness.Outcome;
import dev.raceharness.Verdict;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractAssert;

/** {@link dev.raceharness.OutcomeAssert} as an AssertJ assertion. */
public class OutcomeAssert extends AbstractAssert<OutcomeAssert, Outcome> {

    public OutcomeAssert(Outcome actual) {
        super(actual, OutcomeAssert.class);
    }

    /** Assertions on the evidence of this table; they keep the description. */
    public TableAssert on(String table) {
        isNotNull();
        return new TableAssert(this, dev.raceharness.RaceAssertions.assertThat(actual).on(table)).as(info.description());
    }

    public OutcomeAssert everyRacerSucceeded() {
        return holds(dev.raceharness.OutcomeAssert::everyRacerSucceeded);
    }

    /** All racers returned equal values: the loser got the answer of the winner. */
    public OutcomeAssert everyRacerReturnedTheSame() {
        return holds(dev.raceharness.OutcomeAssert::everyRacerReturnedTheSame);
    }

    public OutcomeAssert hasVerdict(Verdict expected) {
        return holds(plain -> plain.hasVerdict(expected));
    }

    private OutcomeAssert holds(Consumer<dev.raceharness.OutcomeAssert> assertion) {
        isNotNull();
        try {
            assertion.accept(dev.raceharness.RaceAssertions.assertThat(actual));
        } catch (AssertionError e) {
            throw described(e);
        }
        return this;
    }

    private AssertionError described(AssertionError plain) {
        var described = failure("%s", plain.getMessage());
        described.initCause(plain.getCause());
        return described;
    }
}
