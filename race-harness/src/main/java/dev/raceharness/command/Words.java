package dev.raceharness.command;

import dev.raceharness.Exploration;
import dev.raceharness.Exploration.Grade;
import dev.raceharness.RaceNotForcedException;
import dev.raceharness.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The result in words. */
final class Words {

    private static final int MOST_KINDS = 10;

    private Words() {}

    /** In one or two sentences. */
    static String headline(Explored explored) {
        var exploration = explored.exploration();
        var count = exploration.interleavings().size();
        if (explored.definition().schedule() != null && explored.verdict() == Verdict.FORCED) {
            return explored.anomalous()
                    ? "ANOMALY: this interleaving ends as no serial order does."
                    : "NO ANOMALY: this interleaving ends as a serial order does.";
        }
        if (explored.anomalous()) {
            return "ANOMALY: " + exploration.anomalies().size() + " of " + interleavings(count)
                    + (exploration.anomalies().size() == 1 ? " ends" : " end") + " as no serial order does."
                    + exploration.incomplete().map(reason -> " Not every one was tried: " + reason).orElse("");
        }
        if (explored.verdict() == Verdict.NOT_REACHED) {
            return "NOT REACHED: racer " + String.join(" and racer ", exploration.neverReached())
                    + " never came to a gate, so nothing is proved.";
        }
        if (explored.wasDisturbed()) {
            return "NOT FINISHED: " + interleavings(count) + " without an anomaly, but "
                    + inShort(exploration.incomplete().orElse(""));
        }
        return "NO ANOMALY in " + interleavings(count)
                + exploration.incomplete()
                        .map(reason -> ", which are NOT all: " + reason)
                        .orElse(asked(explored) ? ", which are all at these gates" : ", which are all")
                + (explored.verdict() == Verdict.SERIALISED
                        ? ". SERIALISED: the application lines the racers up itself, by a lock in the database."
                        : ".");
    }

    /** A schedule may be long, and so may what it ended in. */
    private static String inShort(String reason) {
        var most = 300;
        return reason.length() <= most ? reason.replaceFirst("\\.?$", ".") : reason.substring(0, most - 3) + "...";
    }

    /** Whether the gates were named, not found. */
    private static boolean asked(Explored explored) {
        return !explored.definition().gates().isEmpty();
    }

    /** The usual cause of what cannot be repeated. */
    private static String strangers(Explored explored) {
        var strangers = explored.exploration().strangers();
        return explored.wasDisturbed() || strangers > 0
                ? (strangers > 0
                                ? "\n" + strangers + " sessions came to a gate that were no racers', and were let through."
                                : "")
                        + "\nIf others write these tables meanwhile, for instance background jobs, stop them, or hold only the"
                        + " application's sessions by --sessions.\n"
                : "";
    }

    private static String interleavings(int count) {
        return count + (count == 1 ? " interleaving" : " interleavings");
    }

    static String headline(ResultOfForce forced) {
        var outcome = forced.outcome();
        if (outcome.racers().stream().anyMatch(ResultOfForce::neverReturned)) {
            return "TIME-OUT: not every racer returned within " + forced.definition().finish() + " s; see --finish.";
        }
        if (outcome.verdict() == Verdict.SERIALISED) {
            return "SERIALISED: while one racer was held at the gate, the others waited for a lock of it. The"
                    + " application lines them up itself, and this race did not take place.\nIf that is the"
                    + " protection you mean to prove, race check proves it; to force the race, put the gate before"
                    + " the lock, on the table that is written first.";
        }
        if (outcome.verdict() != Verdict.FORCED) {
            return outcome.verdict() + ": this race did not take place.";
        }
        return "FORCED" + (forced.missed().isEmpty()
                ? forced.definition().expect().isEmpty() ? "." : ", and every expectation met."
                : ", but " + String.join("; ", forced.missed()) + ".");
    }

    static String notForced(RaceNotForcedException e, RaceDefinition race) {
        var facts = e.getMessage().split("\nUsual causes\n|\nThere is nothing to race for")[0]
                .replace(", so this test proves nothing", ", so nothing is proved")
                .strip();
        return "NOT REACHED: " + facts + "\n\nUsual causes\n"
                + "  - the row exists already, so nothing is written: put {run} into what the racers create\n"
                + "  - a racer failed or was refused before it came to the write: run its command by hand\n"
                + "  - the application's connection pool is smaller than the number of racers: it needs "
                + race.racers().size() + " connections at the same time\n"
                + "  - a racer waits outside the database, for instance for a lock in memory, for one that is held\n"
                + "  - the application uses another database than the one named here\n"
                + (race.gates().isEmpty()
                        ? "  - the racers use different data where they should contend for the same\n"
                        : "  - the gate is on the wrong table or operation: race check without --gate finds the"
                                + " tables\n")
                + (race.sessions().isEmpty()
                        ? "  - others write these tables meanwhile, for instance background jobs: stop them, or hold only the"
                                + " application's sessions by --sessions\n"
                        : "  - the application logs in as another role than --sessions names\n")
                + "  - it only takes longer: see --arrive and --finish";
    }

    static String describe(Explored explored) {
        var exploration = explored.exploration();
        return strangers(explored) + more(explored) + "gates\n"
                + exploration.gates().entrySet().stream()
                        .map(gate -> "  " + gate.getKey() + ": " + gate.getValue() + "\n")
                        .collect(Collectors.joining())
                + "  not covered: " + (asked(explored) ? "tables without a gate here" : "tables that no racer wrote")
                + ", and what is not in this database\n" + notCompared(exploration) + "\none after the other it ends in\n"
                + exploration.serialOutcomes().stream()
                        .map(outcome -> OutcomeText.of(outcome, "  "))
                        .collect(Collectors.joining("  or\n"))
                + "\ninterleaved it ends in\n" + table(exploration)
                + exploration.witness().map(witness -> "\nwitness: " + witness.reason() + "\n"
                        + witness.interleaving().toString().indent(2)).orElse("")
                + (explored.verdict() == Verdict.NOT_REACHED
                        ? "\nthe last one\n" + explored.shown().interleaving().toString().indent(2) : "");
    }

    /** How to see all, or more. */
    private static String more(Explored explored) {
        return explored.exploration().stopped()
                ? "\nThose were tried first in which racers are seldom interrupted. To try more, give --within and"
                        + " --max-interleavings more;\nto have fewer, name the tables that matter by --gate 'write on"
                        + " TABLE'.\n\n"
                : "";
    }

    private static String notCompared(Exploration exploration) {
        return exploration.notCompared().isEmpty()
                ? ""
                : "  not compared, because it differs when the same is done again: what is masked in "
                        + String.join(", ", exploration.notCompared()) + "\n";
    }

    /** @param text how it ended */
    private record Kind(Grade grade, String text) {

        static Kind of(Exploration.Explored found) {
            return new Kind(found.grade(), OutcomeText.of(found.outcome(), " ".repeat(11)));
        }

        /** By it they are shown: what must not be overlooked first. */
        int rank() {
            return grade == Grade.ANOMALY ? 0 : grade == Grade.UNREPEATED ? 1 : 2;
        }

        String word() {
            return List.of("ANOMALY", "not repeated", "ok").get(rank());
        }
    }

    private static String table(Exploration exploration) {
        var counts = exploration.interleavings().stream().collect(Collectors.groupingBy(Kind::of, Collectors.counting()));
        var kinds = counts.keySet().stream()
                .sorted(Comparator.comparingInt(Kind::rank).thenComparing(Kind::text, Comparator.reverseOrder()))
                .toList();
        return kinds.stream()
                        .limit(MOST_KINDS)
                        .map(kind -> "  %5d x  %s\n%s".formatted(counts.get(kind), kind.word(), kind.text()))
                        .collect(Collectors.joining())
                + others(kinds.stream().skip(MOST_KINDS).toList());
    }

    private static String others(List<Kind> kinds) {
        var anomalies = kinds.stream().filter(kind -> kind.grade() == Grade.ANOMALY).count();
        return kinds.isEmpty()
                ? ""
                : "  and in " + kinds.size() + " other ways" + (anomalies > 0 ? ", " + anomalies + " of them anomalies" : "")
                        + "\n";
    }

    static String describe(ResultOfForce forced) {
        var block = forced.outcome().toString();
        return block.substring(block.indexOf('\n') + 1)
                + forced.observed().stream().map(seen -> "  observed: " + seen + "\n").collect(Collectors.joining());
    }
}
