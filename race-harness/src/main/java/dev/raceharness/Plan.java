package dev.raceharness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a {@link Race} is made of. Changed only while a copy is being made, never once a race has it. */
final class Plan {

    private static final int MOST_RACERS_STARTED_SINGLY = 8;

    String title = "Race";
    final Set<Gate> gates = new LinkedHashSet<>();
    final Set<String> watched = new LinkedHashSet<>();
    final List<Racer> racers = new ArrayList<>();
    final Map<String, Fault> faults = new LinkedHashMap<>();
    Schedule schedule = Schedule.together();
    Arming arming = Arming.bySessionFlag();
    Duration arriveWithin = Duration.ofSeconds(5);
    Duration finishWithin = Duration.ofSeconds(10);
    boolean acceptSerialised;
    Optional<String> testDatabase = Optional.empty();
    Consumer<Race> beforehand = race -> {};
    ExplorationPlan exploration = new ExplorationPlan();
    Consumer<Outcome> afterwards = outcome -> {};

    Plan copy() {
        var copy = new Plan();
        copy.title = title;
        copy.gates.addAll(gates);
        copy.watched.addAll(watched);
        copy.racers.addAll(racers);
        copy.faults.putAll(faults);
        copy.schedule = schedule;
        copy.arming = arming;
        copy.arriveWithin = arriveWithin;
        copy.finishWithin = finishWithin;
        copy.acceptSerialised = acceptSerialised;
        copy.testDatabase = testDatabase;
        copy.beforehand = beforehand;
        copy.exploration = exploration.copy();
        copy.afterwards = afterwards;
        return copy;
    }

    /** What an exploration needs that finds out everything else. */
    Plan racersAlone() {
        var alone = copy();
        alone.gates.clear();
        alone.watched.clear();
        alone.faults.clear();
        alone.schedule = Schedule.together();
        alone.exploration = exploration.ofRacersAlone();
        return alone;
    }

    void addRacer(String name, Run.Action action, boolean usesRun) {
        if (racers.stream().anyMatch(racer -> racer.name().equals(name))) {
            throw new IllegalArgumentException("Two racers are called \"" + name + "\".");
        }
        racers.add(new Racer(name, action, usesRun));
    }

    /** Whether each run has data of its own, made from its token. */
    boolean usesRun() {
        return racers.stream().anyMatch(Racer::usesRun) || !exploration.fixtures.isEmpty();
    }

    /** Without this racer. */
    Plan without(String racer) {
        var copy = copy();
        copy.racers.removeIf(candidate -> candidate.name().equals(racer));
        return copy;
    }

    /** A schedule that an exploration found names its gates itself. */
    Plan withGatesOfItsSchedule() {
        if (!gates.isEmpty() || !(schedule instanceof Schedule.Steps steps)) {
            return this;
        }
        var copy = copy();
        copy.gates.addAll(steps.gates());
        return copy;
    }

    void checkRacers() {
        if (racers.size() < 2) {
            throw new IllegalArgumentException(
                    "A race needs at least two racers, this one has " + racers.size() + ": add .racer(name, action).");
        }
    }

    void check() {
        checkRacers();
        if (gates.isEmpty()) {
            throw new IllegalArgumentException(
                    "A race needs a gate: add for instance .holdAt(beforeInsertOn(\"organization\")).");
        }
        faults.keySet().stream()
                .filter(name -> racers.stream().noneMatch(racer -> racer.name().equals(name)))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("The fault is for \"" + name + "\", but no racer is called that.");
                });
        checkThatSharedGatesOpenTogether();
    }

    /** Too many to be started one at a time where nobody needs to know which backend is whose. */
    boolean isCrowd() {
        return racers.size() > MOST_RACERS_STARTED_SINGLY
                && schedule instanceof Schedule.Together
                && arming instanceof Arming.BySessionFlag // strangers could not be told from racers
                && faults.isEmpty();
    }

    void checkExplorable() {
        checkRacers();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("The fault of " + String.join(" and ", faults.keySet())
                    + " is for one race that is run. To explore, say .withFault(fault): each racer then fails with it at each"
                    + " gate in turn.");
        }
        sharedGate().ifPresent(gate -> {
            throw new IllegalArgumentException("The gate \"" + gate.description()
                    + "\" lets all its racers go at the same time, so interleavings cannot be explored with it."
                    + " Use a gate on a write, or name none.");
        });
    }

    private Optional<Gate> sharedGate() {
        return gates.stream()
                .filter(gate -> gate instanceof TableLockGate || gate instanceof HeldByGate)
                .findFirst();
    }

    private void checkThatSharedGatesOpenTogether() {
        var shared = sharedGate();
        if (shared.isPresent() && !(schedule instanceof Schedule.Together)) {
            throw new IllegalArgumentException("The gate \"" + shared.get().description()
                    + "\" lets all its racers go at the same time, so it cannot follow the schedule " + schedule
                    + ". Use a gate on a write, or Schedule.together().");
        }
    }

    /** Tables on which evidence is taken, those with gates first. */
    Set<String> tables() {
        var tables = gates.stream().flatMap(gate -> gate.table().stream()).collect(Collectors.toCollection(LinkedHashSet::new));
        tables.addAll(watched);
        return tables;
    }

    /** What counts as an attempt on this table: what its gates hold; INSERT if they say nothing. */
    Set<Operation> operationsOn(String table) {
        var operations = EnumSet.noneOf(Operation.class);
        for (var gate : gates) {
            if (gate instanceof WriteGate write && write.writtenTable().equals(table)) {
                operations.addAll(write.operations());
            }
        }
        return operations.isEmpty() ? EnumSet.of(Operation.INSERT) : operations;
    }

    /** Whether evidence on this table may be taken by triggers: not if its only gate is one that needs none. */
    boolean mayWatch(String table) {
        return watched.contains(table)
                || gates.stream()
                        .anyMatch(gate -> !(gate instanceof TableLockGate)
                                && gate.table().equals(Optional.of(table)));
    }

    String gateNames() {
        return gates.stream().map(gate -> '"' + gate.description() + '"').collect(Collectors.joining(", "));
    }
}
