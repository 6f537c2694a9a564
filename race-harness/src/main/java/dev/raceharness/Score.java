package dev.raceharness;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A schedule that is followed to the letter, from the first start to the last step. */
final class Score {

    private final List<Step> steps;
    private int taken;
    private @Nullable String misfit;

    Score(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /** The next step; empty if it cannot be taken. */
    Optional<Step> next(List<Step> possible) {
        if (taken == steps.size()) {
            misfit = "all " + taken + " steps were taken, and then " + possible + " still had to be";
            return Optional.empty();
        }
        var step = steps.get(taken);
        if (!possible.contains(new Step(step.racer(), step.gate()))) {
            misfit = "after " + taken + " of " + steps.size() + " steps " + step + " was due, but possible were "
                    + possible;
            return Optional.empty();
        }
        taken++;
        return Optional.of(step);
    }

    /** In words, why the racers did not follow it to the end. */
    Optional<String> misfit() {
        if (misfit == null && taken < steps.size()) {
            misfit = "every racer had ended after " + taken + " of " + steps.size() + " steps, before "
                    + steps.get(taken);
        }
        return Optional.ofNullable(misfit)
                .map(what -> "The schedule no longer fits the application: " + what + ".\n"
                        + "The interleaving that was asked for did not happen, so this test proves nothing.\n\n"
                        + "The application, its tables or its data have changed since the schedule was written down:"
                        + " explore anew, and take the schedule of the new witness.\n"
                        + "The schedule was " + new Schedule.Steps(steps));
    }
}
