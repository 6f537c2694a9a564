package dev.raceharness;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Two or more racers, the gates that hold them, and the order in which they are let go.
 *
 * <pre>{@code
 * var outcome = Race.on(ownerDataSource)
 *         .holdAt(beforeInsertOn("organization"))
 *         .racer("ada", () -> logins.firstLogin(ada))
 *         .racer("ben", () -> logins.firstLogin(ben))
 *         .run();
 * }</pre>
 *
 * <p>Immutable and thread-safe; every method but {@link #run()},
 * {@link #explore()} and {@link #replay} gives a changed copy and touches nothing. Races in one
 * database take turns.
 */
public final class Race {

    /** An exploration that would have to put back a table with more rows, after every run, is refused. */
    public static final long MOST_ROWS_PUT_BACK = 100_000;

    private final Ground ground;
    private final Plan plan;

    Race(Ground ground, Plan plan) {
        this.ground = ground;
        this.plan = plan;
    }

    /**
     * A race in this database. The role must own the gated tables. Only an administrator sees the server's log; without it
     * unique violations are known only if the racers threw them all. Each run installs the harness and removes it again;
     * {@link RaceHarness} keeps it for many runs.
     */
    public static Race on(DataSource dataSource) {
        return new Race(Ground.installedEachTime(dataSource), new Plan());
    }

    /** Declares that this database may be tampered with. It must be the name of the database in which the race runs. */
    public Race inTestDatabase(String name) {
        return with(copy -> copy.testDatabase = Optional.of(name));
    }

    /** What the race is called in what is printed. */
    public Race named(String title) {
        return with(copy -> copy.title = title);
    }

    /**
     * Does this first, whenever the race is asked to run or to be explored, whatever comes of it. The action is given the race
     * as it was asked; what the action does with it is heard of by nobody else.
     */
    public Race beforehand(Consumer<Race> action) {
        return with(copy -> copy.beforehand = copy.beforehand.andThen(action));
    }

    /** The names of its racers, in the order in which they were added. */
    public List<String> racers() {
        return plan.racers.stream().map(Racer::name).toList();
    }

    /**
     * The same racers, with what they need before they run, and nothing else that anybody knows about this race: no gates, no
     * schedule, no faults. For {@link #explore()}, which finds out the rest, of a race that was written to be run.
     */
    public Race racersAlone() {
        return new Race(ground, plan.racersAlone());
    }

    /** Hands the outcome to this consumer too, before {@link #run()} returns it. */
    public Race afterwards(Consumer<Outcome> consumer) {
        return with(copy -> copy.afterwards = copy.afterwards.andThen(consumer));
    }

    /** Adds gates. */
    public Race holdAt(Gate... gates) {
        return with(copy -> copy.gates.addAll(List.of(gates)));
    }

    /** Takes evidence on these tables too; on tables with gates it is taken anyway. */
    public Race watch(String... tables) {
        return with(copy -> copy.watched.addAll(List.of(tables)));
    }

    /**
     * Adds a racer. What it returns or throws becomes its result. It runs on a thread of its own, outside any
     * transaction of the test.
     *
     * @throws IllegalArgumentException if the name is taken, or has blanks or colons
     */
    public Race racer(String name, Callable<?> action) {
        return with(copy -> copy.addRacer(name, run -> action.call(), false));
    }

    /** Adds a racer that makes its data from the run, so that an exploration need not put tables back. */
    public Race racer(String name, Run.Action action) {
        return with(copy -> copy.addRacer(name, action, true));
    }

    /**
     * What happens to this racer, instead of its release, at the first gate that it is to leave. If it never is at one, the race
     * did not take place. For one race that is run; an exploration takes {@link #withFault}.
     */
    public Race fault(String racer, Fault fault) {
        return with(copy -> copy.faults.put(racer, fault));
    }

    /** In which order held racers are let go; {@link Schedule#together()} unless said otherwise. */
    public Race release(Schedule schedule) {
        return with(copy -> copy.schedule = schedule);
    }

    /** Whom the gates hold; {@link Arming#bySessionFlag()} unless said otherwise. */
    public Race armedBy(Arming arming) {
        return with(copy -> copy.arming = arming);
    }

    /** How long each racer may take from its start to its gate; 5 s unless said otherwise. */
    public Race arriveWithin(Duration atMost) {
        return with(copy -> copy.arriveWithin = atMost);
    }

    /** How long all racers may take from the first release to the end; 10 s unless said otherwise. */
    public Race finishWithin(Duration atMost) {
        return with(copy -> copy.finishWithin = atMost);
    }

    /** A race that the application serialises by a lock of its own is an outcome too, not an exception. */
    public Race acceptSerialised() {
        return with(copy -> copy.acceptSerialised = true);
    }

    /**
     * Forces the race.
     *
     * @throws RaceNotForcedException if it did not take place
     * @throws RaceSetupException if the harness could not do its part
     * @throws IllegalArgumentException if there are fewer than two racers or no gate; nothing was touched
     */
    public Outcome run() {
        plan.beforehand.accept(unobserved());
        var plan = this.plan.withGatesOfItsSchedule();
        plan.check();
        var outcome = ground.run(plan);
        plan.afterwards.accept(outcome);
        return outcome;
    }

    /** What each run of an exploration needs before it begins; it then runs on data of its own. */
    public Race before(Run.Action fixture) {
        return with(copy -> copy.exploration.fixtures.add(fixture));
    }

    /** What it returns after each run of an exploration belongs to the outcome. */
    public Race observe(Run.Action observer) {
        return with(copy -> copy.exploration.observers.add(observer));
    }

    /** An SQL condition that must be true after each run of an exploration. */
    public Race invariant(String words, String sqlCondition) {
        return with(copy -> copy.exploration.invariants.put(words, sqlCondition));
    }

    /** Outcomes of an exploration that are right although no serial order has them. */
    public Race accept(String words, Predicate<RunOutcome> outcome) {
        return with(copy -> copy.exploration.accepted.put(words, outcome));
    }

    /** Outcomes of an exploration that are wrong although a serial order may have them. */
    public Race forbid(String words, Predicate<RunOutcome> outcome) {
        return with(copy -> copy.exploration.forbidden.put(words, outcome));
    }

    /** Masked in results before they are compared; identifiers, times, numbers of four digits already are. */
    public Race ignore(String regex) {
        return with(copy -> copy.exploration.ignored.add(Pattern.compile(regex)));
    }

    /** Stops an exploration after so many interleavings, which is then not complete; 10,000 unless said otherwise. */
    public Race atMost(int interleavings) {
        return with(copy -> copy.exploration.mostInterleavings = interleavings);
    }

    /**
     * Ends an exploration after this time, which is then not complete. Where there are many interleavings, those come first
     * in which racers are seldom interrupted: most anomalies are among them.
     */
    public Race exploreWithin(Duration atMost) {
        return with(copy -> copy.exploration.within = Optional.of(atMost));
    }

    /**
     * Explores each racer failing at each of its gates, too, one failure a run. Right is then also what the other racers
     * alone leave, one after the other.
     */
    public Race withFault(Fault fault) {
        return with(copy -> copy.exploration.fault = Optional.of(fault));
    }

    /**
     * Takes evidence in an exploration, too: of the witness or, if there is no anomaly, of the last interleaving, which is
     * forced once more for it.
     */
    public Race withEvidence() {
        return with(copy -> copy.exploration.withEvidence = true);
    }

    /** Explores also interleavings that differ from others only in the order of steps that commute. */
    public Race withoutPruning() {
        return with(copy -> copy.exploration.pruned = false);
    }

    /**
     * Runs the racers one after the other in each order, then forces every interleaving of their steps between gates, and
     * compares. Without gates it finds them: every table that the racers contend for gets them before and after each
     * write and before the commit. {@linkplain #release Released} by {@link Schedule#steps}, it forces only that
     * interleaving: one that an exploration found is judged again.
     *
     * <p>Each run needs fresh data: racers and fixtures make it from the {@link Run}; if none does, the tables are put
     * back after each run, for which the harness must be a superuser.
     *
     * @throws RaceNotForcedException if the racers contend for nothing, or do not come to rest
     * @throws RaceSetupException if the harness could not do its part
     */
    public Exploration explore() {
        plan.beforehand.accept(unobserved());
        plan.checkExplorable();
        var exploration = ground.explore(plan);
        plan.exploration.afterwards.accept(exploration);
        return exploration;
    }

    /**
     * Forces this one interleaving again, under the conditions under which an exploration of this race found it: the same
     * gates, fresh data, and the serial orders to judge it by.
     *
     * @param schedule as {@link Exploration.Explored#schedule()} gave it
     * @throws RaceNotForcedException if the application has changed so much that the schedule no longer fits
     */
    public Exploration.Explored replay(String schedule) {
        return release(Schedule.steps(schedule)).explore().interleavings().get(0);
    }

    /**
     * Forces this one interleaving again and writes it down as a spec for PostgreSQL's own isolationtester
     * (src/test/isolation), with the statements that the racers execute in it and gates of its own, for the database in which
     * it was recorded. New data takes the place of the run's token; other data must be put back before the spec runs.
     *
     * <p>The statements come from the server's log: the harness must be able to read it, and the racers' sessions must have
     * {@code log_statement = 'all'}.
     *
     * @param schedule as {@link Exploration.Explored#schedule()} gave it
     * @throws RaceNotForcedException if the schedule does not fit the application
     * @throws RaceSetupException if the log cannot be read, or shows no statement
     * @throws IllegalArgumentException if isolationtester knows nothing like a gate or a fault of it
     */
    public String isolationSpec(String schedule) {
        plan.beforehand.accept(unobserved());
        var asked = release(Schedule.steps(schedule)).plan;
        asked.checkExplorable();
        return ground.export(asked);
    }

    /** Hands the exploration to this consumer too, before {@link #explore()} returns it. */
    public Race afterExploring(Consumer<Exploration> consumer) {
        return with(copy -> copy.exploration.afterwards = copy.exploration.afterwards.andThen(consumer));
    }

    private Race unobserved() {
        return with(copy -> {
            copy.beforehand = race -> {};
            copy.afterwards = outcome -> {};
            copy.exploration.afterwards = exploration -> {};
        });
    }

    private Race with(Consumer<Plan> change) {
        var copy = plan.copy();
        change.accept(copy);
        return new Race(ground, copy);
    }
}
