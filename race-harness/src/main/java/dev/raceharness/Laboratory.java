package dev.raceharness;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes one run after the other, each on fresh data, and says what it came to. */
final class Laboratory {

    /** What one run came to. */
    record Finished(SteppedRun.Trace trace, RunOutcome outcome) {}

    private final HarnessSession session;
    private final DataSource dataSource;
    private final Installation installation;
    private final ExplorationPlan options;
    private final Arming arming;
    private final boolean putsBack;
    private final Mask mask;
    private Written written;
    private @Nullable FreshData fresh;

    Laboratory(Plan plan, Installation installation, HarnessSession session, DataSource dataSource) {
        this.options = plan.exploration;
        this.arming = plan.arming;
        this.putsBack = !plan.usesRun();
        this.installation = installation;
        this.session = session;
        this.dataSource = dataSource;
        this.mask = new Mask(options.ignored);
        this.written = new Written(session, installation.schema(), Map.of());
    }

    /** From now on looks at what is left in these tables. */
    void watch(Set<String> tables) {
        var watches = new LinkedHashMap<String, Installation.Watch>();
        tables.forEach(
                table -> watches.put(table, installation.watch(table, EnumSet.allOf(Operation.class), arming)));
        written = new Written(session, installation.schema(), watches);
        rememberData(watches.values().stream().map(Installation.Watch::quotedTable).toList());
    }

    /** What these tables hold now is what each run finds, unless runs make data of their own. */
    void rememberData(Iterable<String> quotedTables) {
        if (putsBack) {
            fresh = FreshData.remember(session, installation.schema(), quotedTables);
        }
    }

    Finished run(Plan plan, boolean startsFirst, SteppedRun.Chooser chooser, Consumer<Footprint> afterEachChoice) {
        var run = Run.fresh();
        options.fixtures.forEach(fixture -> call("fixture", fixture, run));
        written.begin();
        var barrier = Barrier.shut(plan, installation, session, dataSource);
        var transactions = options.pruned ? new Transactions(session, installation) : null;
        var trace = new SteppedRun(plan, run, barrier, transactions, afterEachChoice).run(startsFirst, chooser);
        var outcome = outcome(trace, run);
        if (fresh != null) {
            fresh.putBack();
        }
        return new Finished(trace, outcome);
    }

    /** Each racer to its end, in this order. */
    Finished runSerially(Plan plan, List<String> order) {
        return run(plan, false, possible -> firstOf(order, possible), step -> {});
    }

    private static Optional<Step> firstOf(List<String> order, List<Step> possible) {
        return order.stream()
                .flatMap(racer -> possible.stream()
                        .filter(step -> step.racer().equals(racer) && step.fault().isEmpty()))
                .findFirst();
    }

    private RunOutcome outcome(SteppedRun.Trace trace, Run run) {
        var results = new LinkedHashMap<String, String>();
        trace.racers().forEach(racer -> results.put(racer.name(), mask.resultOf(racer, run)));
        var contents = new LinkedHashMap<String, List<String>>();
        written.contents()
                .forEach((table, rows) -> contents.put(
                        table,
                        rows.stream().map(row -> mask.apply(row, run)).sorted().toList()));
        return new RunOutcome(
                results,
                written.rows(),
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
