package dev.raceharness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Says why a race did not take place: who is where, the usual causes, the cure. */
final class NotForcedReport {

    private final Plan plan;
    private final Field field;
    private final Backends backends;

    NotForcedReport(Plan plan, Field field, Backends backends) {
        this.plan = plan;
        this.field = field;
        this.backends = backends;
    }

    /** A step of the schedule that cannot be taken. */
    String stepCannotBeTaken(Step step) {
        return "The schedule does not fit: the step " + step + " of \"" + plan.schedule + "\" cannot be taken, because "
                + step.racer() + " is not held at a gate called " + step.gate() + ".\n"
                + "The race that was asked for did not happen, so this test proves nothing.\n\n" + positions()
                + "\nThe application has probably changed since the schedule was written down: look at where the racers"
                + " are, and write the schedule anew.";
    }

    /** The time was up after this racer was let go, and somebody had neither come to rest nor ended. */
    String stuckAfter(Contestant contestant) {
        return "After " + contestant.name() + " was let go, the racers did not come to rest within "
                + plan.finishWithin.toMillis() + " ms of the first release, so the schedule \"" + plan.schedule
                + "\" could not go on.\n"
                + "The race that was asked for did not happen, so this test proves nothing.\n\n" + positions()
                + "\nA racer that is not seen waiting works on, or waits outside the database; one that comes to its gate again"
                + " and again tries without end. If they only need longer, say .finishWithin(...).";
    }

    String notReached() {
        var arrived = field.those(contestant -> contestant.isAtGate() || contestant.isBehind()).size();
        return arrived + " of " + plan.racers.size() + " racers reached the gate " + plan.gateNames() + " within "
                + seconds() + " s each.\nThe race did not happen, so this test proves nothing.\n\n" + positions()
                + "\nUsual causes\n"
                + causes().stream().map(cause -> "  - " + cause).collect(Collectors.joining("\n"));
    }

    String serialised() {
        return "The application lines its racers up itself: while one was held at the gate " + plan.gateNames()
                + ", the others waited for a lock of it.\nNo two racers were in the critical section at once, so nothing"
                + " was forced.\n\n" + positions()
                + "\nIf that lock is the protection you mean to prove, say .acceptSerialised() and assert on the outcome.\n"
                + "If not, put the gate before the lock is taken, for instance on the table that is written first.";
    }

    /** Everybody has ended by now. */
    String neverStruck(Collection<String> racers) {
        return "The fault of " + String.join(" and ", racers) + " never struck: nobody let go of "
                + (racers.size() == 1 ? "that racer" : "these racers") + " at a gate, where it would have.\n"
                + "The race that was asked for did not happen, so this test proves nothing.\n\n"
                + "A racer that waits behind another, or in a pause, is not held at a gate. Let them go one after the other"
                + " (Schedule.inOrder(...)), or put the gate where the racer comes to it first.";
    }

    private String seconds() {
        var millis = plan.arriveWithin.toMillis();
        return millis % 1000 == 0 ? "" + millis / 1000 : "" + millis / 1000.0;
    }

    private String positions() {
        var note = field.those(Contestant::isInCrowd).isEmpty()
                ? ""
                : "They were started several at once: that somebody waits is certain, which of them it is is not.\n";
        return note + eachPosition();
    }

    private String eachPosition() {
        var width = plan.racers.stream().mapToInt(racer -> racer.name().length()).max().orElse(0);
        return field.contestants().stream()
                .map(contestant -> "  " + pad(contestant.name(), width) + "  " + position(contestant) + "\n")
                .collect(Collectors.joining());
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private String position(Contestant contestant) {
        if (!contestant.isStarted()) {
            return "not started, because a racer before it did not arrive";
        }
        if (contestant.hasEnded()) {
            var result = contestant.result(plan.finishWithin);
            return (contestant.hasArrived() ? "finished            " : "finished without it ") + " " + result.describe()
                    + " after " + result.elapsed().toMillis() + " ms";
        }
        if (contestant.standing() == null) {
            return "not seen waiting    " + " its thread is at " + contestant.whereItsThreadIs();
        }
        var where = contestant.isAtGate() ? "waiting at the gate " : "waiting behind " + field.where(contestant);
        return where + " pid " + contestant.backend() + "  " + backends.statement(contestant.backend());
    }

    private List<String> causes() {
        var causes = new ArrayList<String>();
        var missing = field.those(contestant -> !contestant.isAtGate() && !contestant.isBehind());
        var name = missing.get(0).name();
        if (missing.size() == plan.racers.size() && plan.arming instanceof Arming.BySessionFlag) {
            causes.add("the application's sessions do not carry the flag: add options=-c%20" + Arming.FLAG
                    + "=on to its JDBC URL, or say .armedBy(Arming.everySession())");
        }
        missing.stream()
                .filter(contestant -> contestant.hasEnded() && contestant.hasArrived())
                .findFirst()
                .ifPresent(contestant -> causes.add(contestant.name() + " was at the gate and did not stay: a"
                        + " statement_timeout or another time limit of the application ended its statement"));
        if (missing.stream().anyMatch(contestant -> contestant.hasEnded() && !contestant.hasArrived())) {
            causes.add("the row already exists, so " + name + " never wrote it: use data that is new to this database");
            causes.add(name + " failed or answered before it came to the write: look at its result above");
        }
        if (missing.stream().anyMatch(Contestant::isRunning)) {
            causes.add("the pool is smaller than the number of racers: " + plan.racers.size()
                    + " connections are needed at the same time");
            causes.add(name + " waits outside the database (a lock in memory, another service) for a racer that is held");
        }
        causes.add("the gate is on the wrong table or operation: " + name + " must write through it");
        causes.add("the test method is @Transactional, so the racers cannot see its rows");
        return causes;
    }
}
