package dev.raceharness.command;

import dev.raceharness.Event;
import dev.raceharness.Exploration;
import dev.raceharness.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an exploration of external commands came to, as the command sees it. */
record Explored(Exploration exploration, RaceDefinition definition) {

    /** An anomaly is one, whoever was held; that there is none is claimed only if every racer came to a gate. */
    Verdict verdict() {
        if (anomalous() || twoWereHeldAtOnce() && exploration.neverReached().isEmpty()) {
            return Verdict.FORCED;
        }
        return exploration.neverReached().isEmpty() ? Verdict.SERIALISED : Verdict.NOT_REACHED;
    }

    boolean anomalous() {
        return !exploration.anomalies().isEmpty();
    }

    /** Cut off by something else than a bound that was set: nothing can be concluded. */
    boolean wasDisturbed() {
        return !exploration.complete() && !exploration.stopped() && definition.schedule() == null;
    }

    private boolean twoWereHeldAtOnce() {
        return exploration.interleavings().stream()
                .anyMatch(explored -> mostHeldAtOnce(explored.interleaving().events()) >= 2);
    }

    private static int mostHeldAtOnce(List<Event> events) {
        var held = new HashSet<String>();
        var most = 0;
        for (var event : events) {
            if (event.kind() == Event.Kind.ARRIVED) {
                held.add(event.racer());
            } else {
                held.remove(event.racer());
            }
            most = Math.max(most, held.size());
        }
        return most;
    }

    /** Tables at whose gates racers were held, by the labels of the steps. */
    Set<String> gatedTables() {
        return exploration.interleavings().stream()
                .flatMap(explored -> Stream.of(explored.schedule().split(" ")))
                .map(step -> step.substring(step.indexOf(':') + 1))
                .filter(label -> !label.equals("start") && !label.equals("commit") && !label.startsWith("after-"))
                .map(label -> label.replace("%20", " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The one to look at: the witness, else the last one. */
    Exploration.Explored shown() {
        var all = exploration.interleavings();
        return exploration.witness().orElseGet(() -> all.get(all.size() - 1));
    }

    int exitStatus() {
        if (anomalous()) {
            return ExitStatus.ANOMALY;
        }
        return verdict() == Verdict.NOT_REACHED || wasDisturbed() ? ExitStatus.NOT_RACED : ExitStatus.FINE;
    }
}
