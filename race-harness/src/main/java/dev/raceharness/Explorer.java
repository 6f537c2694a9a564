package dev.raceharness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Runs the racers in every serial order, then in every interleaving, and has each judged. */
final class Explorer {

    private final HarnessSession session;
    private final Installation installation;
    private final ExplorationPlan options;
    private final Laboratory laboratory;
    private final Judge judge;
    private final Map<String, String> gates = new LinkedHashMap<>();
    private final Findings findings;
    private final Map<List<String>, RunOutcome> serialOutcomes = new LinkedHashMap<>();
    private Plan plan;
    private List<Integer> serialSteps = List.of();
    private boolean startsAreSteps;
    private int pruned;
    private Optional<String> incomplete = Optional.empty();
    private boolean stopped;
    private Optional<SecondLook> secondLook = Optional.empty();

    Explorer(Plan plan, Installation installation, HarnessSession session, DataSource dataSource) {
        this.plan = plan;
        this.options = plan.exploration;
        this.installation = installation;
        this.session = session;
        this.laboratory = new Laboratory(plan, installation, session, dataSource);
        this.judge = new Judge(options);
        this.findings = new Findings(judge);
        this.startsAreSteps = plan.racers.size() > 2 || !plan.gates.isEmpty();
    }

    Exploration explore() {
        try (laboratory) {
            putUpGates();
            runSerially();
            if (plan.schedule instanceof Schedule.Steps steps) {
                replay(steps);
                lookForNoise();
            } else {
                if (runInterleaved()) {
                    lookForNoise();
                }
                secondLook().atWitness();
                secondLook().doubt().ifPresent(doubt -> {
                    incomplete = Optional.of(incomplete.map(reason -> reason + "; and ").orElse("") + doubt);
                    stopped = false;
                });
            }
            return exploration();
        }
    }

    /** The interleaving that is asked for, as a spec of isolationtester. */
    String export() {
        try (laboratory) {
            putUpGates();
            var schedule = ((Schedule.Steps) plan.schedule).withStartsOf(names());
            IsolationSpec.check(plan, schedule.steps());
            var statements = new RecordedStatements(session, installation);
            var score = new Score(schedule.steps());
            var finished = laboratory.run(plan, false, possible -> {
                var next = score.next(possible);
                next.ifPresent(step -> statements.nextStep());
                return next;
            });
            refuseMisfit(score);
            var spec = IsolationSpec.of(plan, schedule.steps(), statements.end(), backends(finished.trace()));
            return spec.replace(finished.run().token(), Run.fresh().token());
        }
    }

    private static Map<Integer, String> backends(SteppedRun.Trace trace) {
        var racers = new HashMap<Integer, String>();
        trace.racers().forEach(racer -> racer.backend().ifPresent(backend -> racers.put(backend, racer.name())));
        return racers;
    }

    private static void refuseMisfit(Score score) {
        score.misfit().ifPresent(misfit -> {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, misfit);
        });
    }

    private Exploration exploration() {
        var explored = findings.explored();
        return new Exploration(
                plan.title,
                gates,
                judge.serialOutcomes(),
                explored,
                pruned,
                incomplete,
                stopped,
                judge.notCompared(),
                findings.strangers(),
                secondLook().proof());
    }

    private void putUpGates() {
        if (plan.gates.isEmpty()) {
            discoverGates();
        } else {
            plan.gates.forEach(gate -> gates.put(gate.description(), Exploration.ASKED_FOR));
            laboratory.watch(plan.tables(), laboratory.putsBack() ? watchedSerialRuns().written() : List.of());
        }
    }

    private void discoverGates() {
        var discovery = watchedSerialRuns();
        var unheld = discovery.unheldWrites();
        if (!unheld.isEmpty()) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, notHeld(unheld));
        }
        var contended = discovery.contended();
        if (contended.isEmpty()) {
            throw new RaceNotForcedException(Verdict.NOT_REACHED, nothingContended(discovery));
        }
        plan = plan.copy();
        contended.forEach((table, reason) -> {
            plan.gates.add(Gate.beforeWriteOn(table));
            plan.gates.add(Gate.afterWriteOn(table));
            plan.gates.add(Gate.beforeCommitAfter(table));
            gates.put("before and after write on, before commit after " + table, reason);
        });
        discovery.uncontended().forEach(table -> gates.put("none on " + table, "only one racer uses it"));
        plan.watched.addAll(discovery.written());
        laboratory.watch(plan.tables(), List.of());
    }

    private Discovery watchedSerialRuns() {
        var discovery = new Discovery(session, installation, plan.arming);
        laboratory.rememberData(discovery.watches().keySet());
        for (var order : orders(names())) {
            laboratory.run(plan, false, possible -> discovery.next(order, possible));
            discovery.finish();
        }
        return discovery;
    }

    private static String notHeld(Map<String, Set<String>> tablesByRacer) {
        var racer = tablesByRacer.keySet().iterator().next();
        var tables = tablesByRacer.get(racer);
        return "While " + racer + " was alone, " + String.join(" and ", tables) + (tables.size() == 1 ? " was" : " were")
                + " written by a session that no gate holds, so nothing was explored.\n\nUsual causes\n"
                + "  - the sessions of " + racer + " are not armed: add options=-c%20" + Arming.FLAG
                + "=on to their JDBC URL, too, or say .armedBy(Arming.everySession())\n"
                + "  - others write meanwhile, for instance background jobs: stop them";
    }

    private String nothingContended(Discovery discovery) {
        return "Watched one after the other, no two racers used a table that one of them writes"
                + (discovery.written().isEmpty()
                        ? "; none wrote anything.\n"
                        : "; what they wrote: " + discovery.written() + ".\n")
                + "There is nothing to race for, so nothing was explored.\n\nUsual causes\n"
                + "  - the application's sessions are not armed: add options=-c%20" + Arming.FLAG
                + "=on to its JDBC URL, or say .armedBy(Arming.everySession())\n"
                + "  - the racers use different data where they should contend for the same\n"
                + "  - what they contend for is not in this database";
    }

    private void runSerially() {
        var names = names();
        for (var order : orders(names)) {
            var finished = laboratory.runSerially(plan, order);
            judge.learn(finished.outcome());
            serialOutcomes.put(order, finished.outcome());
            serialSteps = finished.trace().stepsOfEach();
            startsAreSteps |= finished.trace().startsMatter();
        }
        if (options.fault.isPresent()) {
            names.forEach(failed -> orders(names.stream().filter(name -> !name.equals(failed)).toList())
                    .forEach(order -> judge.learnWithout(
                            failed, laboratory.runSerially(plan.without(failed), order).outcome())));
        }
    }

    /**
     * An outcome that no serial order has may be one that no two runs have in common, because the application makes
     * identifiers of its own: before it is believed, each serial order is asked whether it repeats itself.
     */
    private void lookForNoise() {
        if (findings.witness().isPresent()) {
            serialOutcomes.forEach((order, outcome) -> {
                var again = laboratory.runSerially(plan, order).outcome();
                judge.learn(again);
                judge.learnNoise(outcome, again);
            });
        }
    }

    private List<String> names() {
        return plan.racers.stream().map(Racer::name).toList();
    }

    static List<List<String>> orders(List<String> names) {
        if (names.isEmpty()) {
            return List.of(List.of());
        }
        var orders = new ArrayList<List<String>>();
        for (var first : names) {
            for (var rest : orders(names.stream().filter(name -> !name.equals(first)).toList())) {
                var order = new ArrayList<String>();
                order.add(first);
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }

    /** Whether the application does the same to the end, so that it can be asked again. */
    private boolean runInterleaved() {
        var search = new Search(options, findings, serialSteps);
        incomplete = search.run(chooser -> laboratory.run(plan, !startsAreSteps, chooser));
        stopped = search.stoppedAtBound();
        pruned = search.pruned();
        return !search.diverged();
    }

    private void replay(Schedule.Steps schedule) {
        var score = new Score(schedule.steps());
        var finished = secondLook().at(schedule, score);
        refuseMisfit(score);
        findings.add(finished);
        incomplete = Optional.of("only the interleaving that was asked for");
    }

    private SecondLook secondLook() {
        return secondLook.orElseGet(() -> {
            secondLook = Optional.of(new SecondLook(plan, laboratory, judge, findings));
            return secondLook.get();
        });
    }
}
