package dev.raceharness;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The harness in one database, kept for many races: they share its connection and what it installed. Inert between
 * races; {@link #close()} removes everything. Thread-safe; its races take turns.
 */
public final class RaceHarness implements AutoCloseable {

    private static final int FEWEST_SLOTS = 16;
    /** Sessions that are no racers come to the gates, too, until they are let through. */
    private static final int FEWEST_SLOTS_WITHOUT_A_FLAG = 64;

    private static final int MOST_TABLES_EXPLORED = 40;

    private final DataSource dataSource;
    private final Optional<String> testDatabase;
    private HarnessSession session;
    private @Nullable Installation installation;

    private RaceHarness(DataSource dataSource, Optional<String> testDatabase) {
        this.dataSource = dataSource;
        this.testDatabase = testDatabase;
        this.session = guardedSession();
    }

    /**
     * Opens the harness in a database that declares itself as for testing, as those of {@code TestDatabase} do.
     *
     * @throws RaceSetupException if the database cannot be reached, or nobody declared it to be for testing
     */
    public static RaceHarness open(DataSource dataSource) {
        return open(dataSource, Optional.empty());
    }

    /** Opens the harness in the database of this name, thereby declared to be for testing. */
    public static RaceHarness open(DataSource dataSource, String testDatabase) {
        return open(dataSource, Optional.of(testDatabase));
    }

    static RaceHarness open(DataSource dataSource, Optional<String> testDatabase) {
        return new RaceHarness(dataSource, testDatabase);
    }

    private HarnessSession guardedSession() {
        var opened = HarnessSession.open(dataSource);
        try {
            TestDatabaseGuard.check(opened, testDatabase);
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** A race in this database, without racers and gates yet. */
    public Race race() {
        return new Race(Ground.keptInstalled(this), new Plan());
    }

    synchronized Outcome run(Plan plan) {
        try (var turn = turn(plan)) {
            var installed = installed(plan);
            var evidence = EvidenceBook.open(session, installed, watches(plan, installed));
            return new Referee(plan, Barrier.shut(plan, installed, session, dataSource)).run(evidence);
        }
    }

    synchronized Exploration explore(Plan plan) {
        try (var turn = turn(plan)) {
            return explorer(plan).explore();
        }
    }

    synchronized String export(Plan plan) {
        try (var turn = turn(plan)) {
            return explorer(plan).export();
        }
    }

    private Explorer explorer(Plan plan) {
        return new Explorer(plan, installed(plan), session, dataSource);
    }

    private static Map<String, Installation.Watch> watches(Plan plan, Installation installed) {
        var watches = new LinkedHashMap<String, Installation.Watch>();
        for (var table : plan.tables()) {
            watches.put(
                    table,
                    plan.mayWatch(table)
                            ? installed.watch(table, plan.operationsOn(table), plan.arming)
                            : installed.watchRowsOnly(table));
        }
        return watches;
    }

    /** In a session of its own again, if the server has ended the one it had since the last race. */
    private Turn turn(Plan plan) {
        try {
            var known = installation;
            return known == null
                    ? Turn.take(session)
                    : Turn.take(session, batch -> known.lookUpAgain(batch, plan.tables()));
        } catch (RaceSetupException e) {
            if (session.isAlive()) {
                throw e;
            }
            session.close();
            installation = null;
            session = guardedSession();
            return Turn.take(session);
        }
    }

    private Installation installed(Plan plan) {
        var current = installation;
        var fewest = plan.arming instanceof Arming.BySessionFlag ? FEWEST_SLOTS : FEWEST_SLOTS_WITHOUT_A_FLAG;
        var slots = Math.max(fewest, 2 * plan.racers.size());
        // An exploration that finds its gates needs three a table.
        var gates = plan.gates.isEmpty() ? 3 * MOST_TABLES_EXPLORED : plan.gates.size();
        if (current == null || current.slots() < slots || !current.hasRoomFor(gates)) {
            if (current != null) {
                current.close();
            }
            current = Installation.install(session, slots);
            installation = current;
        }
        return current;
    }

    /**
     * Removes the harness from the database and closes its connection. If the server is gone or has ended the session,
     * what may be left is inert, and the next harness removes it.
     *
     * @throws RaceSetupException if an open transaction holds a gated table for too long
     */
    @Override
    public synchronized void close() {
        try (var last = session) {
            if (installation != null && last.isAlive()) {
                remove(installation);
            }
            installation = null;
        }
    }

    private void remove(Installation installed) {
        try (var turn = Turn.take(session)) {
            installed.close();
        }
    }
}
