package dev.raceharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what happens in a race, as it happens. */
final class Journal {

    private final List<Event> events = new ArrayList<>();
    private final long start = System.nanoTime();

    void started(Contestant contestant) {
        add(System.nanoTime(), contestant, Event.Kind.STARTED, "");
    }

    void stands(Contestant contestant, String where) {
        var kind = contestant.isAtGate() ? Event.Kind.ARRIVED : Event.Kind.BLOCKED;
        var last = lastOf(contestant);
        if (last == null || last.kind() != kind || !last.detail().equals(where)) {
            add(System.nanoTime(), contestant, kind, where);
        }
    }

    /** @param nanos when, as {@link System#nanoTime()} */
    void released(Contestant contestant, String gate, long nanos) {
        add(nanos, contestant, Event.Kind.RELEASED, gate);
    }

    void faulted(Contestant contestant, Fault fault) {
        add(System.nanoTime(), contestant, Event.Kind.FAULTED, fault.toString());
    }

    void ended(Contestant contestant) {
        var end = contestant.end();
        if (end != null) {
            var failure = end.failure();
            add(
                    end.nanos(),
                    contestant,
                    failure == null ? Event.Kind.RETURNED : Event.Kind.THREW,
                    failure == null ? String.valueOf(end.value()) : failure.toString());
        }
    }

    private void add(long nanos, Contestant contestant, Event.Kind kind, String detail) {
        events.add(new Event(Duration.ofNanos(nanos - start), contestant.name(), kind, detail));
    }

    private @Nullable Event lastOf(Contestant contestant) {
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).racer().equals(contestant.name())) {
                return events.get(i);
            }
        }
        return null;
    }

    List<Event> events() {
        return List.copyOf(events);
    }
}
