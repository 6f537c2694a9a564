package dev.raceharness.command;

import dev.raceharness.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result for programs: what {@code --json} writes. Others rely on these names; null is what is not known.
 *
 * @param schedule the interleaving that {@code race replay} takes
 * @param race what was asked for
 */
record Result(
        Verdict verdict,
        @Nullable Boolean anomaly,
        List<String> gates,
        @Nullable Interleavings interleavings,
        List<EndsIn> serialOutcomes,
        @Nullable EndsIn witness,
        List<RacerLine> racers,
        Map<String, TableLine> tables,
        @Nullable List<ErrorLine> errors,
        @Nullable String schedule,
        String message,
        RaceDefinition race) {

    /** @param incomplete why not every interleaving was tried; null if each was */
    record Interleavings(int explored, int anomalous, boolean complete, @Nullable String incomplete) {}

    /**
     * How a run ended.
     *
     * @param schedule null for serial orders
     * @param results by racer, in their order
     * @param contents by table, the rows that the run left, without identifiers and times
     */
    record EndsIn(
            @Nullable String schedule,
            List<String> results,
            Map<String, Long> rows,
            Map<String, List<String>> contents,
            List<String> observed) {}

    record RacerLine(
            String name,
            @Nullable Integer pid,
            @Nullable Boolean arrived,
            @Nullable Integer exitCode,
            @Nullable String result,
            @Nullable Long millis) {}

    record TableLine(@Nullable Long attempted, @Nullable Long uniqueViolations, @Nullable Long rows) {}

    record ErrorLine(String sqlState, @Nullable String constraint, int pid, String statement) {}

    /** A race that did not come to an end. */
    static Result without(Verdict verdict, RaceDefinition race, List<String> gates, String message) {
        return new Result(
                verdict, null, gates, null, List.of(), null, List.of(), Map.of(), null, race.schedule(), message, race);
    }

    /** With what was seen of the racers all the same. */
    Result with(List<RacerLine> seen, Map<String, TableLine> figures, @Nullable List<ErrorLine> reported) {
        return new Result(
                verdict, anomaly, gates, interleavings, serialOutcomes, witness, seen, figures, reported, schedule, message,
                race);
    }
}
