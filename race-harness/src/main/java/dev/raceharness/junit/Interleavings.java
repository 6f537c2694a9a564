package dev.raceharness.junit;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.raceharness.Exploration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every interleaving of an exploration as a test of its own, in the order of the search, called by its schedule.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> firstLogins(Race race) {
 *     return Interleavings.of(race.racer("ada", ...).racer("ben", ...).explore());
 * }
 * }</pre>
 */
public final class Interleavings {

    private Interleavings() {}

    /** One test for each interleaving, which fails if it is an anomaly, and one for whether they are all. */
    public static Stream<DynamicTest> of(Exploration exploration) {
        return Stream.concat(
                exploration.interleavings().stream()
                        .map(explored -> dynamicTest(explored.schedule(), () -> check(explored))),
                Stream.of(dynamicTest(
                        "all " + exploration.interleavings().size() + " interleavings", () -> check(exploration))));
    }

    private static void check(Exploration.Explored explored) {
        if (explored.grade() == Exploration.Grade.ANOMALY) {
            throw new AssertionError("This interleaving ends as no serial order does.\n\n" + explored);
        }
    }

    private static void check(Exploration exploration) {
        exploration.incomplete().ifPresent(reason -> {
            throw new AssertionError("Not every interleaving was tried: " + reason + "\n\n" + exploration);
        });
    }
}
