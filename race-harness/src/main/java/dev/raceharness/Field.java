package dev.raceharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All racers of one race, where they stand, and which of the server's backends is whose. */
final class Field {

    private static final Duration BEFORE_A_LOOK = Duration.ofMillis(1);
    private static final int FEW = 2;
    private static final Duration TO_BEGIN_TO_WAIT = Duration.ofSeconds(1);

    private final List<Contestant> contestants;
    private final Barrier barrier;
    private final Journal journal;
    private final List<Integer> strangers = new ArrayList<>();
    private Duration nextLook = BEFORE_A_LOOK;

    Field(List<Racer> racers, Run run, Barrier barrier, Journal journal) {
        this.contestants = racers.stream().map(racer -> new Contestant(racer, run)).toList();
        this.barrier = barrier;
        this.journal = journal;
    }

    List<Contestant> contestants() {
        return contestants;
    }

    List<Contestant> those(Predicate<Contestant> condition) {
        return contestants.stream().filter(condition).toList();
    }

    @Nullable Contestant firstAtGate() {
        return contestants.stream().filter(Contestant::isAtGate).findFirst().orElse(null);
    }

    Contestant named(String name) {
        return contestants.stream()
                .filter(contestant -> contestant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The schedule names \"" + name + "\", but the racers are "
                        + contestants.stream().map(Contestant::name).toList() + "."));
    }

    Set<Integer> backends() {
        return contestants.stream().flatMap(contestant -> contestant.backends().stream()).collect(Collectors.toSet());
    }

    List<Integer> strangers() {
        return List.copyOf(strangers);
    }

    /** Waits until every started racer is at a gate, waits behind another, or has ended. Whether that came in time. */
    boolean awaitQuiescence(Duration atMost) {
        nextLook = BEFORE_A_LOOK;
        BooleanSupplier nobodyRuns = () -> {
            noticeEnds();
            if (anybodyRuns()) {
                observe();
            }
            return !anybodyRuns();
        };
        return those(Contestant::isRunning).size() <= FEW
                ? Patience.keepAsking(atMost, nobodyRuns)
                : Patience.await(atMost, nobodyRuns);
    }

    /** Asks the cheap question whether those that run have arrived. If that takes long, looks where they wait instead. */
    private void observe() {
        var running = those(Contestant::isRunning);
        if (running.isEmpty()) {
            return; // whoever ran has ended since
        }
        if (!barrier.tellsArrivals() || running.size() > 1 && !areCrowd(running) || isOverdue(running)) {
            look();
            return;
        }
        var arrivals = barrier.arrivals(running.size(), backendsAtGates());
        if (arrivals == null) {
            look();
            return;
        }
        for (int i = 0; i < arrivals.size(); i++) {
            arrived(running.get(i), arrivals.get(i));
        }
    }

    private List<Integer> backendsAtGates() {
        return those(Contestant::isAtGate).stream().map(Contestant::backend).toList();
    }

    /** Of whom any may be in any slot. */
    private static boolean areCrowd(List<Contestant> running) {
        return running.stream().allMatch(contestant -> contestant.isInCrowd() && contestant.backend() == 0);
    }

    /** Whoever does not arrive may be waiting elsewhere, which a look shows: the longer it takes, the more seldom. */
    private boolean isOverdue(List<Contestant> running) {
        var patience = nextLook.multipliedBy(running.size());
        if (running.stream().noneMatch(contestant -> contestant.runsFor().compareTo(patience) > 0)) {
            return false;
        }
        nextLook = nextLook.multipliedBy(2);
        return true;
    }

    private void arrived(Contestant contestant, Standing standing) {
        contestant.stand(standing);
        journal.stands(contestant, where(contestant));
    }

    /**
     * Finds out the backends of those who are only known to have arrived. A racer says so a moment before it waits, so the
     * first look may come too early. Whether they are all still there.
     */
    boolean identify() {
        var held = those(Contestant::isUnidentified);
        Patience.await(TO_BEGIN_TO_WAIT, () -> {
            noticeEnds();
            if (contestants.stream().anyMatch(Contestant::isUnidentified)) {
                look();
            }
            return contestants.stream().noneMatch(Contestant::isUnidentified);
        });
        those(Contestant::isUnidentified).forEach(Contestant::go);
        return held.stream().allMatch(Contestant::isAtGate);
    }

    /**
     * Whether the activity view agrees that all wait who are held in the database. It learns that a moment later than the lock
     * view. Whoever does not wait has left the gate, and runs.
     */
    boolean confirm() {
        var suspects = those(Contestant::isHeldInDatabase);
        var pids = suspects.stream().map(Contestant::backend).toList();
        if (Patience.keepAsking(TO_BEGIN_TO_WAIT, () -> barrier.backends().notWaiting(pids).isEmpty())) {
            return true;
        }
        var left = barrier.backends().notWaiting(pids);
        suspects.stream().filter(contestant -> left.contains(contestant.backend())).forEach(Contestant::go);
        return false;
    }

    boolean awaitEnds(Duration atMost) {
        return Patience.await(atMost, () -> {
            noticeEnds();
            return contestants.stream().allMatch(contestant -> contestant.hasEnded() || !contestant.isStarted());
        });
    }

    private boolean anybodyRuns() {
        return contestants.stream().anyMatch(Contestant::isRunning);
    }

    /** Writes down who has ended since it was last asked. */
    void noticeEnds() {
        contestants.stream().filter(Contestant::noticeEnd).forEach(journal::ended);
    }

    /** One look at who waits where. */
    void look() {
        var asked = System.nanoTime();
        for (var standing : barrier.look()) {
            var contestant = whose(standing, asked);
            if (contestant == null) {
                letStrangerGo(standing);
            } else if (contestant.isUnidentified()) {
                contestant.stand(standing);
            } else if (contestant.isRunning()) {
                contestant.stand(standing);
                journal.stands(contestant, where(contestant));
            }
        }
    }

    /**
     * The racer in this slot, on this thread or in this backend, if that is known; else one that runs and is not known to be in
     * another backend. Since racers start one at a time there is just one such racer, unless several were let go at once.
     * Somebody who ended since the look may be in it, and is nobody else; nor is what somebody left there who has ended.
     *
     * @param asked when: the answer may have taken longer than a racer has run
     */
    private @Nullable Contestant whose(Standing standing, long asked) {
        if (contestants.stream().anyMatch(contestant -> contestant.leftSomebodyAt(standing))) {
            return null;
        }
        return contestants.stream()
                .filter(contestant -> !contestant.wasSeenToEnd())
                .filter(contestant -> isIn(contestant, standing))
                .findFirst()
                .or(() -> contestants.stream()
                        .filter(contestant -> !contestant.wasSeenToEnd() && !contestant.isUnidentified())
                        .filter(contestant -> contestant.isOn(standing.thread())
                                || standing.backend() != 0 && contestant.backend() == standing.backend())
                        .findFirst())
                .or(() -> mayBe(standing, asked).filter(contestant -> contestant.backend() == 0).findFirst())
                .or(() -> mayBe(standing, asked).findFirst())
                .orElse(null);
    }

    private static boolean isIn(Contestant contestant, Standing standing) {
        return contestant.isUnidentified() && Objects.equals(contestant.hold(), standing.hold());
    }

    private Stream<Contestant> mayBe(Standing standing, long asked) {
        return contestants.stream()
                .filter(contestant -> contestant.isRunning() && contestant.startedBefore(standing.waited(), asked));
    }

    private void letStrangerGo(Standing standing) {
        var hold = standing.hold();
        if (hold != null) {
            strangers.add(standing.backend());
            hold.release();
        }
    }

    /** The gate at which this racer is, or the racer it waits for. */
    String where(Contestant contestant) {
        var hold = contestant.hold();
        var standing = contestant.standing();
        if (hold != null) {
            // There all gates before a COMMIT are one.
            return hold.gate() instanceof CommitGate ? "before commit" : hold.gate().description();
        }
        return standing == null ? "" : nameOf(standing.behind());
    }

    private String nameOf(int backend) {
        return contestants.stream()
                .filter(contestant -> contestant.backend() == backend)
                .map(Contestant::name)
                .findFirst()
                .orElse("backend " + backend);
    }

    /** Lets one racer leave its gate; whoever waited behind somebody may move too. */
    void release(Contestant contestant) {
        var hold = Objects.requireNonNull(contestant.hold());
        journal.released(contestant, where(contestant), System.nanoTime());
        contestant.go();
        those(Contestant::isBehind).forEach(Contestant::go);
        hold.releaseWithNextQuestion();
    }

    /** Makes one racer fail at its gate. */
    void strike(Contestant contestant, Fault fault) {
        var hold = Objects.requireNonNull(contestant.hold());
        journal.faulted(contestant, fault);
        contestant.go();
        those(Contestant::isBehind).forEach(Contestant::go);
        barrier.strike(hold, contestant.backend(), fault);
    }

    /** Opens every gate for good. */
    void releaseAll() {
        noteThatAllGoOn(System.nanoTime());
        barrier.open();
    }

    /** Opens every gate for good if these backends wait, also in the eyes of the activity view. Whether they do. */
    boolean releaseAllIfWaiting(Collection<Integer> backends) {
        var now = System.nanoTime();
        if (!barrier.openIfWaiting(backends)) {
            return false;
        }
        noteThatAllGoOn(now);
        return true;
    }

    private void noteThatAllGoOn(long nanos) {
        those(Contestant::isAtGate).forEach(contestant -> journal.released(contestant, where(contestant), nanos));
        contestants.forEach(Contestant::go);
    }
}
