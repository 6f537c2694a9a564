package dev.raceharness;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * <p>Immutable and thread-safe; every method but {@link #run()} gives a changed copy and touches nothing. Races in one
 * database take turns.
 */
public final class Race {

    private final Function<Plan, Outcome> ground;
    private final Plan plan;

    Race(Function<Plan, Outcome> ground, Plan plan) {
        this.ground = ground;
        this.plan = plan;
    }

    /**
     * A race in this database. The role must own the gated tables; only an administrator sees the server's log, without
     * which unique violations are unknown. Each run installs the harness and removes it again; {@link RaceHarness} keeps
     * it for many runs.
     */
    public static Race on(DataSource dataSource) {
        return new Race(
                plan -> {
                    try (var harness = RaceHarness.open(dataSource, plan.testDatabase)) {
                        return harness.run(plan);
                    }
                },
                new Plan());
    }

    /** Declares that this database may be tampered with. It must be the name of the database in which the race runs. */
    public Race inTestDatabase(String name) {
        return with(copy -> copy.testDatabase = Optional.of(name));
    }

    /** What the race is called in what is printed. */
    public Race named(String title) {
        return with(copy -> copy.title = title);
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
        return with(copy -> copy.addRacer(name, action));
    }

    /** What happens to this racer, instead of its release, at the first gate that it is to leave. */
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
        plan.check();
        var outcome = ground.apply(plan);
        plan.afterwards.accept(outcome);
        return outcome;
    }

    private Race with(Consumer<Plan> change) {
        var copy = plan.copy();
        change.accept(copy);
        return new Race(ground, copy);
    }
}
