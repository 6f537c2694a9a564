package dev.raceharness.report;

import dev.raceharness.Event;
import dev.raceharness.Exploration;
import dev.raceharness.Outcome;
import java.util.List;
import java.util.Map;

/**
 * One race, as a page shows it.
 *
 * @param headline what came of it, in a sentence
 * @param tables what the racers contend for
 * @param schedule how the racers were let go; where it can be replayed, the string that does
 * @param events of the interleaving to look at; none if the race did not come to an end
 * @param ends by racer, what the database says became of it
 * @param details the result in words
 */
public record Story(
        String headline,
        List<String> tables,
        String schedule,
        List<Event> events,
        Map<String, List<String>> ends,
        List<Grid> grids,
        String details) {

    public static Story of(Outcome outcome) {
        var tables = new OutcomeTables(outcome);
        return new Story(
                tables.headline(),
                List.copyOf(outcome.evidence().tables().keySet()),
                "released " + outcome.schedule(),
                outcome.interleaving().events(),
                tables.ends(),
                List.of(tables.proof(), tables.racers()),
                outcome.toString());
    }

    public static Story of(Exploration exploration) {
        var tables = new ExplorationTables(exploration);
        var shown = tables.shown();
        return new Story(
                tables.headline(),
                tables.tables(),
                shown.map(tables::replay).orElse("no interleaving"),
                shown.map(explored -> explored.interleaving().events()).orElse(List.of()),
                Map.of(),
                List.of(tables.outcomes(), tables.gates()),
                exploration.toString());
    }
}
