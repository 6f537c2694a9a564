package dev.raceharness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The control: all racers start at once, each pauses at its gate for a given time and goes on by itself. Whether two of
 * them were there at the same time is luck, and the verdict says whether they were.
 */
final class PausedRace {

    private final Field field;
    private final Barrier barrier;
    private final Journal journal;
    private final Map<Contestant, Long> goOnAt = new HashMap<>();
    private boolean together;

    PausedRace(Field field, Barrier barrier, Journal journal) {
        this.field = field;
        this.barrier = barrier;
        this.journal = journal;
    }

    Verdict run(Duration pause, Duration atMost) {
        for (var contestant : field.contestants()) {
            journal.started(contestant);
            contestant.start();
        }
        Patience.await(atMost, () -> {
            field.look();
            var held = field.those(Contestant::isAtGate);
            together |= held.size() >= 2;
            var now = System.nanoTime();
            held.forEach(contestant -> goOnAt.putIfAbsent(contestant, now + pause.toNanos()));
            held.stream().filter(contestant -> goOnAt.get(contestant) - now <= 0).forEach(this::goOn);
            return field.awaitEnds(Duration.ZERO);
        });
        return together ? Verdict.FORCED : Verdict.NOT_REACHED;
    }

    private void goOn(Contestant contestant) {
        goOnAt.remove(contestant);
        field.release(contestant);
        barrier.refill();
    }
}
