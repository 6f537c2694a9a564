package dev.raceharness;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes one run after the other, each on fresh data, and says what it came to. */
final class Laboratory implements AutoCloseable {

    /**
     * What one run came to.
     *
     * @param evidence empty unless asked for
     */
    record Finished(Run run, SteppedRun.Trace trace, RunOutcome outcome, Optional<Evidence> evidence) {}

    private final HarnessSession session;
    private final DataSource dataSource;
    private final Installation installation;
    private final ExplorationPlan options;
    private final Arming arming;
    private final boolean putsBack;
    private final boolean opensBetweenRuns;
    private final Mask mask;
    private final Transactions transactions;
    private Written written;
    private Map<String, Installation.Watch> watches = Map.of();
    private boolean takesEvidence;
    private @Nullable FreshData fresh;
    private @Nullable Barrier barrier;
    private Set<Gate> gates = Set.of();
    private boolean othersMayHaveWritten = true;

    Laboratory(Plan plan, Installation installation, HarnessSession session, DataSource dataSource) {
        this.options = plan.exploration;
        this.arming = plan.arming;
        this.putsBack = !plan.usesRun();
        this.opensBetweenRuns = !options.fixtures.isEmpty()
                || !options.observers.isEmpty()
                || plan.gates.stream().anyMatch(gate -> gate instanceof CallGate);
        this.installation = installation;
        this.session = session;
        this.dataSource = dataSource;
        this.transactions = new Transactions(session, installation);
        this.mask = new Mask(options.ignored);
        this.written = new Written(session, installation.schema(), Map.of());
    }

    /**
     * From now on looks at what is left in these tables.
     *
     * @param alsoWritten past the gates: what is put back must not depend on where racers are held
     */
    void watch(Set<String> tables, Collection<String> alsoWritten) {
        var found = new LinkedHashMap<String, Installation.Watch>();
        tables.forEach(
                table -> found.put(table, installation.watch(table, EnumSet.allOf(Operation.class), arming)));
        watches = found;
        written = new Written(session, installation.schema(), watches);
        othersMayHaveWritten = true;
        var putBack = new LinkedHashSet<String>();
        watches.values().forEach(watch -> putBack.add(watch.quotedTable()));
        putBack.addAll(alsoWritten);
        rememberData(putBack);
    }

    /** Whether runs make no data of their own. */
    boolean putsBack() {
        return putsBack;
    }

    /** What these tables hold now is what each run finds, unless runs make data of their own. */
    void rememberData(Collection<String> quotedTables) {
        if (putsBack) {
            if (fresh == null) {
                fresh = new FreshData(dataSource, installation.schema());
            }
            fresh.remember(quotedTables);
        }
    }

    Finished run(Plan plan, boolean startsFirst, SteppedRun.Chooser chooser) {
        Finished finished;
        try {
            finished = runOnData(plan, startsFirst, chooser, Run.fresh());
        } catch (RuntimeException e) {
            try {
                putBack();
            } catch (RaceSetupException stillHeld) {
                e.addSuppressed(stillHeld);
            }
            throw e;
        }
        putBack();
        return finished;
    }

    private void putBack() {
        if (fresh != null) {
            session.sendWhatWasPutOff(); // whoever is still let go by it may hold rows
            fresh.putBack();
        }
    }

    /** As {@link #run}, and asks the database for its figures. */
    Finished runWithEvidence(Plan plan, boolean startsFirst, SteppedRun.Chooser chooser) {
        takesEvidence = true;
        try {
            return run(plan, startsFirst, chooser);
        } finally {
            takesEvidence = false;
        }
    }

    private Finished runOnData(Plan plan, boolean startsFirst, SteppedRun.Chooser chooser, Run run) {
        options.fixtures.forEach(fixture -> call("fixture", fixture, run));
        if (othersMayHaveWritten) {
            written.begin();
        }
        othersMayHaveWritten = true;
        var book = takesEvidence
                ? Optional.of(EvidenceBook.open(session, installation, watches))
                : Optional.<EvidenceBook>empty();
        var shut = shutBarrier(plan);
        session.sendWhatWasPutOff();
        var trace = new SteppedRun(plan, run, shut, transactions).run(startsFirst, chooser);
        if (opensBetweenRuns) {
            shut.open();
        }
        // In this order: what is left is taken out when it has been read.
        var evidence = book.map(open -> open.close(trace.backends(), failures(trace)));
        var outcome = outcome(trace, run);
        othersMayHaveWritten = opensBetweenRuns;
        return new Finished(run, trace, outcome, evidence);
    }

    private static List<Throwable> failures(SteppedRun.Trace trace) {
        return trace.racers().stream().flatMap(racer -> racer.failure().stream()).toList();
    }

    /** Stays shut from run to run, unless others than the racers come by in between. */
    private Barrier shutBarrier(Plan plan) {
        var current = barrier;
        if (current == null || !gates.equals(plan.gates)) {
            openForGood();
            current = Barrier.shut(plan, installation, session, dataSource);
            barrier = current;
            gates = plan.gates;
        }
        current.shutAgain();
        return current;
    }

    private void openForGood() {
        if (barrier != null) {
            barrier.close();
            barrier = null;
        }
    }

    @Override
    public void close() {
        try {
            openForGood();
        } finally {
            if (fresh != null) {
                fresh.close();
            }
        }
    }

    /** Each racer to its end, in this order. */
    Finished runSerially(Plan plan, List<String> order) {
        return run(plan, false, possible -> firstOf(order, possible));
    }

    static Optional<Step> firstOf(List<String> order, List<Step> possible) {
        return order.stream()
                .flatMap(racer -> possible.stream()
                        .filter(step -> step.racer().equals(racer) && step.fault().isEmpty()))
                .findFirst();
    }

    private RunOutcome outcome(SteppedRun.Trace trace, Run run) {
        var results = new LinkedHashMap<String, String>();
        trace.racers().forEach(racer -> results.put(racer.name(), mask.resultOf(racer, run)));
        var contents = new LinkedHashMap<String, List<String>>();
        var left = written.left();
        left.contents()
                .forEach((table, rows) -> contents.put(
                        table,
                        rows.stream().map(row -> mask.apply(row, run)).sorted().toList()));
        return new RunOutcome(
                results,
                left.rows(),
                contents,
                options.observers.stream()
                        .map(observer -> mask.apply(String.valueOf(call("observer", observer, run)), run))
                        .toList(),
                options.invariants.entrySet().stream()
                        .filter(invariant -> !holds(invariant.getValue()))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private boolean holds(String condition) {
        return session.queryOne("SELECT (" + condition + ")", row -> row.getBoolean(1));
    }

    private static Object call(String what, Run.Action action, Run run) {
        try {
            return action.in(run);
        } catch (Exception e) {
            throw new RaceSetupException("The " + what + " of the exploration failed: " + e, e);
        }
    }
}
