package dev.raceharness.report;

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

    private static final int LONGEST_WORDS = 90;

    record Stretch(State state, String words, int from, int to) {}

    static Timeline of(String racer, List<Event> events) {
        var stretches = new ArrayList<Stretch>();
        for (int from = 0; from < events.size(); from++) {
            var event = events.get(from);
            if (event.racer().equals(racer)) {
                stretches.add(new Stretch(stateAfter(event), shortened(words(event)), from, next(racer, from, events)));
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

    private static String shortened(String words) {
        return words.length() <= LONGEST_WORDS ? words : words.substring(0, LONGEST_WORDS - 3) + "...";
    }
}
