package dev.raceharness.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be raced, as the command line said it. Kept in the JSON result, so that it can be replayed.
 *
 * @param explores whether it was {@code check}, else {@code force}
 * @param schedule which interleaving; null to explore all
 * @param within seconds that an exploration may take; 0 for as long as it takes
 * @param arrive seconds from a racer's start to its gate
 * @param finish seconds from the first release to the end
 */
record RaceDefinition(
        boolean explores,
        List<String> gates,
        List<String> racers,
        List<String> before,
        List<String> observe,
        List<String> observeSql,
        List<String> ignore,
        List<String> sessions,
        @Nullable String schedule,
        int maxInterleavings,
        double within,
        double arrive,
        double finish,
        List<String> expect) {

    RaceDefinition withSchedule(@Nullable String other) {
        return new RaceDefinition(
                explores, gates, racers, before, observe, observeSql, ignore, sessions, other, maxInterleavings, within,
                arrive, finish, expect);
    }

    List<GateSpec> gateSpecs() {
        return gates.stream().map(GateSpec::parse).toList();
    }

    /** Tables of which something is expected. */
    List<String> expectedTables() {
        return expect.stream()
                .map(Expectation::parse)
                .flatMap(expectation -> expectation.table().stream())
                .distinct()
                .toList();
    }

    /** Whether each run makes data of its own. If not, the tables must be put back after each. */
    boolean makesFreshData() {
        return !before.isEmpty() || racers.stream().anyMatch(Placeholders::namesRun);
    }
}
