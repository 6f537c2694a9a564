package dev.raceharness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The interleavings that were forced, judged by what is known by now. */
final class Findings {

    private final Judge judge;
    private final Map<String, Laboratory.Finished> bySchedule = new LinkedHashMap<>();
    private final Map<String, String> unrepeated = new HashMap<>();

    Findings(Judge judge) {
        this.judge = judge;
    }

    /** How many sessions of others came to a gate, and were let through. */
    int strangers() {
        return (int) bySchedule.values().stream().flatMap(run -> run.trace().strangers().stream()).distinct().count();
    }

    /** A search may come by the same interleaving twice. */
    void add(Laboratory.Finished finished) {
        if (bySchedule.putIfAbsent(scheduleOf(finished), finished) == null) {
            judge.hear(finished.outcome());
        }
    }

    int size() {
        return bySchedule.size();
    }

    List<Exploration.Explored> explored() {
        var explored = new ArrayList<Exploration.Explored>();
        bySchedule.forEach((schedule, finished) -> explored.add(judged(schedule, finished)));
        return explored;
    }

    Optional<Exploration.Explored> witness() {
        return Exploration.witnessOf(explored());
    }

    /** The run that showed this interleaving. */
    Laboratory.Finished run(Exploration.Explored explored) {
        return bySchedule.get(explored.schedule());
    }

    /** Forced once more, it was no anomaly. */
    void withdraw(Exploration.Explored explored, String why) {
        unrepeated.put(explored.schedule(), why);
    }

    private Exploration.Explored judged(String schedule, Laboratory.Finished finished) {
        var sentence = judge.on(finished.trace(), finished.outcome());
        var explored = new Exploration.Explored(
                schedule, judge.masked(finished.outcome()), sentence.grade(), sentence.reason(),
                finished.trace().interleaving(), switches(finished.trace().steps()));
        return unrepeated.containsKey(schedule) ? explored.unrepeated(unrepeated.get(schedule)) : explored;
    }

    private static String scheduleOf(Laboratory.Finished finished) {
        return new Schedule.Steps(finished.trace().steps()).toString();
    }

    private static int switches(List<Step> steps) {
        var switches = 0;
        for (int i = 1; i < steps.size(); i++) {
            if (!steps.get(i).racer().equals(steps.get(i - 1).racer())) {
                switches++;
            }
        }
        return switches;
    }
}
