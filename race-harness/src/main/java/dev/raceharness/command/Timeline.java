package dev.raceharness.command;

import dev.raceharness.Event;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one racer was from one event of the race to the next.
 *
 * @param from index of the event with which it begins
 * @param to index of the event with which it ends
 */
record Timeline(String racer, List<Stretch> stretches) {

    /** What a racer does for a while. */
    enum State {
        RUNNING,
        HELD,
        WAITING,
        ENDED
    }

    record Stretch(State state, String words, int from, int to) {}

    static List<Timeline> of(List<Event> events) {
        return events.stream()
                .map(Event::racer)
                .distinct()
                .sorted()
                .map(racer -> of(racer, events))
                .toList();
    }

    private static Timeline of(String racer, List<Event> events) {
        var stretches = new ArrayList<Stretch>();
        for (int from = 0; from < events.size(); from++) {
            var event = events.get(from);
            if (event.racer().equals(racer)) {
                stretches.add(new Stretch(stateAfter(event), words(event), from, next(racer, from, events)));
            }
        }
        return new Timeline(racer, stretches);
    }

    private static int next(String racer, int after, List<Event> events) {
        for (int i = after + 1; i < events.size(); i++) {
            if (events.get(i).racer().equals(racer)) {
                return i;
            }
        }
        return events.size();
    }

    private static State stateAfter(Event event) {
        return switch (event.kind()) {
            case STARTED, RELEASED, FAULTED -> State.RUNNING;
            case ARRIVED -> State.HELD;
            case BLOCKED -> State.WAITING;
            case RETURNED, THREW -> State.ENDED;
        };
    }

    private static String words(Event event) {
        return switch (event.kind()) {
            case STARTED -> "starts";
            case RELEASED -> event.detail().startsWith("before commit") ? "commits" : "goes on";
            case FAULTED -> event.detail();
            case ARRIVED -> "held " + event.detail();
            case BLOCKED -> "waits for " + event.detail();
            case RETURNED -> event.detail();
            case THREW -> "fails: " + event.detail();
        };
    }
}
