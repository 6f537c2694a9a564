package dev.raceharness.report;

import java.util.List;
import java.util.Optional;

/**
 * One test of a race.
 *
 * @param testClass its full name
 * @param title what the test is called in what is printed
 * @param stories the races that it ran, in their order
 * @param failure why the test is red; empty if it is not
 */
public record TestedRace(
        String testClass, String method, String title, List<Story> stories, Optional<String> failure) {

    private static final int LONGEST_LINE = 160;

    public TestedRace {
        stories = List.copyOf(stories);
    }

    boolean passed() {
        return failure.isEmpty();
    }

    /** In one line. */
    @Override
    public String toString() {
        var line = (passed() ? "PASS  " : "FAIL  ") + title
                + stories.stream().reduce((earlier, later) -> later).map(last -> ": " + last.headline()).orElse("");
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE - 3) + "...";
    }
}
