package dev.raceharness.report;

import dev.raceharness.Exploration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** One exploration in rows and columns. */
record ExplorationTables(Exploration exploration) {

    /** Such as "EXPLORED. 38 interleavings, 0 anomalous, complete". */
    String headline() {
        return "EXPLORED. " + exploration.interleavings().size() + " interleavings, "
                + exploration.anomalies().size() + " anomalous, "
                + (exploration.complete() ? "complete" : "not complete: " + exploration.incomplete().orElse(""));
    }

    /** The one to look at: the witness, else the last one. */
    Optional<Exploration.Explored> shown() {
        return exploration.witness().or(() -> exploration.interleavings().stream().reduce((earlier, later) -> later));
    }

    String replay(Exploration.Explored explored) {
        return (exploration.witness().isPresent() ? "the witness" : "the last of them") + ", again by replay(\""
                + explored.schedule() + "\")";
    }

    /** The last word of a gate is its table. */
    List<String> tables() {
        return exploration.gates().keySet().stream()
                .map(gate -> gate.substring(gate.lastIndexOf(' ') + 1))
                .distinct()
                .toList();
    }

    Grid outcomes() {
        var counts = new LinkedHashMap<List<String>, Integer>();
        exploration.interleavings()
                .forEach(explored -> counts.merge(
                        List.of(explored.grade().toString(), explored.outcome().toString()), 1, Integer::sum));
        return new Grid(
                "How they end",
                List.of("times", "grade", "outcome"),
                counts.entrySet().stream()
                        .map(entry -> List.of(
                                String.valueOf(entry.getValue()),
                                entry.getKey().get(0),
                                entry.getKey().get(1)))
                        .toList());
    }

    Grid gates() {
        return new Grid(
                "Gates",
                List.of("gate", "why there"),
                exploration.gates().entrySet().stream()
                        .map(gate -> List.of(gate.getKey(), gate.getValue()))
                        .toList());
    }
}
