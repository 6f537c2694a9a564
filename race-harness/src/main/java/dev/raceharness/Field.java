package dev.raceharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All racers of one race, and which of the server's backends is whose. */
final class Field {

    private final List<Contestant> contestants;
    private final Backends backends;
    private final GateLocks locks;
    private final Map<Integer, Gate> gates;
    private final Journal journal;
    private final List<Integer> strangers = new ArrayList<>();

    Field(List<Racer> racers, Backends backends, GateLocks locks, Map<Integer, Gate> gates, Journal journal) {
        this.contestants = racers.stream().map(Contestant::new).toList();
        this.backends = backends;
        this.locks = locks;
        this.gates = gates;
        this.journal = journal;
    }

    List<Contestant> contestants() {
        return contestants;
    }

    Collection<Integer> gateNumbers() {
        return gates.keySet();
    }

    @Nullable Contestant firstAtGate() {
        return contestants.stream().filter(Contestant::isAtGate).findFirst().orElse(null);
    }

    List<Contestant> those(Predicate<Contestant> condition) {
        return contestants.stream().filter(condition).toList();
    }

    Contestant named(String name) {
        return contestants.stream()
                .filter(contestant -> contestant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The schedule names \"" + name + "\", but the racers are "
                        + contestants.stream().map(Contestant::name).toList() + "."));
    }

    Gate gateOf(Contestant contestant) {
        var standing = contestant.standing();
        var gate = standing == null ? null : gates.get(standing.gate());
        if (gate == null) {
            throw new RaceSetupException(contestant.name() + " waits at a gate that this race does not have: "
                    + standing + ". More sessions arrived than the harness has slots for.");
        }
        return gate;
    }

    List<Integer> strangers() {
        return strangers;
    }

    /** Waits until every started racer is at a gate, waits behind another, or has ended. Whether that came in time. */
    boolean awaitQuiescence(Duration atMost) {
        return Patience.await(atMost, () -> {
            noticeEnds();
            if (!anybodyRuns()) {
                return true;
            }
            look(backends.look());
            return !anybodyRuns();
        });
    }

    boolean awaitEnds(Duration atMost) {
        return Patience.await(atMost, () -> {
            noticeEnds();
            return contestants.stream().allMatch(Contestant::hasEnded);
        });
    }

    private boolean anybodyRuns() {
        return contestants.stream().anyMatch(Contestant::isRunning);
    }

    private void noticeEnds() {
        contestants.stream().filter(Contestant::noticeEnd).forEach(journal::ended);
    }

    private void look(List<Standing> standings) {
        for (var standing : standings) {
            var contestant = whose(standing);
            if (contestant == null) {
                letStrangerGo(standing);
            } else if (contestant.isRunning()) {
                contestant.stand(standing);
                journal.stands(contestant, standing.atGate() ? gateOf(contestant).description() : inTheWay(standing));
            }
        }
    }

    /** The racer of a backend that is known, else the first that runs and is not known to be elsewhere. */
    private @Nullable Contestant whose(Standing standing) {
        return contestants.stream()
                .filter(contestant -> contestant.backend() == standing.backend() && !contestant.hasEnded())
                .findFirst()
                .or(() -> contestants.stream()
                        .filter(Contestant::isRunning)
                        .filter(contestant -> contestant.backend() == 0)
                        .findFirst())
                .or(() -> contestants.stream().filter(Contestant::isRunning).findFirst())
                .orElse(null);
    }

    private void letStrangerGo(Standing standing) {
        if (standing.atGate()) {
            if (standing.slot() < Keys.FIRST_SLOT) {
                throw new RaceSetupException("More sessions arrived at the gates than the harness has slots for.");
            }
            strangers.add(standing.backend());
            locks.open(standing.slot());
        }
    }

    String inTheWayOf(Contestant contestant) {
        var standing = contestant.standing();
        return standing == null ? "nobody" : inTheWay(standing);
    }

    private String inTheWay(Standing standing) {
        return contestants.stream()
                .filter(contestant -> contestant.backend() == standing.behind())
                .map(Contestant::name)
                .findFirst()
                .orElse("backend " + standing.behind());
    }

    /** Lets one racer leave its gate; whoever waited behind somebody may move too. */
    void release(Contestant contestant) {
        var standing = contestant.standing();
        if (standing == null || !standing.atGate()) {
            throw new IllegalStateException(contestant.name() + " is not at a gate.");
        }
        journal.released(contestant, gateOf(contestant).description());
        contestant.go();
        those(Contestant::isBehind).forEach(Contestant::go);
        locks.open(standing.slot());
        locks.refill();
    }

    /** Opens every gate for good. */
    void releaseAll() {
        those(Contestant::isAtGate)
                .forEach(contestant -> journal.released(contestant, gateOf(contestant).description()));
        contestants.forEach(Contestant::go);
        locks.openAll();
    }
}
