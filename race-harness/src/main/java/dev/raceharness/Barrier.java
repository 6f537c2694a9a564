package dev.raceharness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** All gates of one race, of whatever kind, as one: shut, looked at, opened. */
final class Barrier {

    private final GateLocks locks;
    private final Backends backends;
    private final Map<Integer, Gate> triggers;
    private final List<Holder> holders;
    private final List<CallGate<?>> calls;
    private final KnownBackends known;
    private boolean shut;

    private Barrier(
            GateLocks locks,
            Backends backends,
            Map<Integer, Gate> triggers,
            List<Holder> holders,
            List<CallGate<?>> calls,
            KnownBackends known) {
        this.locks = locks;
        this.backends = backends;
        this.triggers = triggers;
        this.holders = holders;
        this.calls = calls;
        this.known = known;
    }

    /** Shuts the gates of this plan; the triggers among them are installed first. */
    static Barrier shut(Plan plan, Installation installation, HarnessSession session, DataSource dataSource) {
        var triggers = new HashMap<Integer, Gate>();
        var holders = new ArrayList<Holder>();
        var calls = new ArrayList<CallGate<?>>();
        var locks = new GateLocks(session, installation.keys(), installation.slots());
        try {
            for (var gate : plan.gates) {
                if (gate instanceof CallGate<?> call) {
                    calls.add(call);
                } else if (!isHolders(gate)) {
                    triggers.put(installation.place(gate, plan.arming), gate);
                    if (gate instanceof CommitGate) {
                        triggers.putIfAbsent(Keys.COMMIT, gate);
                    }
                }
            }
            // Only now: a trigger cannot be put on a table that the harness has locked, nor can its rows be counted.
            if (plan.gates.stream().anyMatch(Barrier::isHolders)) {
                session.sendWhatWasPutOff();
            }
            plan.gates.stream().filter(Barrier::isHolders).forEach(gate -> holders.add(Holder.take(gate, dataSource)));
            var backends = new Backends(session, installation.keys(), locks, triggers, holders, installation.knownBackends());
            var barrier = new Barrier(locks, backends, triggers, holders, calls, installation.knownBackends());
            barrier.shut();
            return barrier;
        } catch (RuntimeException e) {
            holders.forEach(Holder::close);
            locks.endRace();
            throw e;
        }
    }

    private static boolean isHolders(Gate gate) {
        return gate instanceof TableLockGate || gate instanceof HeldByGate;
    }

    private void shut() {
        locks.shut(triggers.keySet());
        calls.forEach(CallGate::shut);
        shut = true;
    }

    /** For another run, after they were opened. */
    void shutAgain() {
        if (!shut) {
            shut();
        }
    }

    Backends backends() {
        return backends;
    }

    List<Standing> look() {
        var standings = new ArrayList<>(backends.look());
        calls.forEach(call -> standings.addAll(call.standings()));
        return standings;
    }

    /** Whether so many backends that served racers before are still there: the application's pool need not grow for them. */
    boolean hasSeen(int many) {
        return backends.stillThere(known.all()) >= many;
    }

    /** Whether {@link #arrivals} misses nobody who comes to a gate. */
    boolean tellsArrivals() {
        return holders.isEmpty() && calls.isEmpty();
    }

    /**
     * Where they stand, if just so many have arrived since; none as long as they have not; null if only a look can tell. A
     * single one may be {@linkplain Standing#arrived in a backend that is not known}; several always are.
     *
     * @param elsewhere backends of those who were held before
     */
    @Nullable List<Standing> arrivals(int expected, Collection<Integer> elsewhere) {
        var last = locks.arrivals(expected, triggers.keySet(), known.without(elsewhere));
        if (last.isEmpty()) {
            return List.of();
        }
        var gate = triggers.get(last.get(0).gate());
        var slots = locks.next(expected);
        var isTheNext = last.size() == 1 && last.get(0).slot() == slots.get(expected - 1);
        if (gate == null || !isTheNext || expected > 1 && triggers.size() > 1) {
            return null;
        }
        var backends = last.get(0).backends();
        slots.forEach(locks::occupied);
        return slots.stream()
                .map(slot -> new SlotHold(gate, slot, locks))
                .map(hold -> expected == 1 && backends.size() == 1
                        ? Standing.atGate(backends.get(0), hold)
                        : Standing.arrived(hold))
                .toList();
    }

    void strike(Hold hold, int backend, Fault fault) {
        if (fault instanceof Fault.Raise) {
            hold.fail(fault);
        } else if (backend == 0) {
            throw new RaceSetupException("At \"" + hold.gate().description()
                    + "\" the racer is not known to be in a transaction, so it cannot have " + fault + ".");
        } else {
            backends.strike(backend, fault);
        }
    }

    /** Once somebody who was let go has gone: makes room for the next arrivals, and a fault no longer strikes. */
    void refill() {
        locks.forgetFault();
        locks.refill();
    }

    /** Lets everybody go and holds nobody any more; attempts are still counted. */
    void open() {
        if (shut) {
            locks.openAll();
            openOthers();
        }
    }

    /** As {@link #open}, if the activity view confirms that these backends wait for a lock. Whether it does. */
    boolean openIfWaiting(Collection<Integer> suspects) {
        if (!locks.openAllIfWaiting(suspects)) {
            return false;
        }
        openOthers();
        return true;
    }

    private void openOthers() {
        shut = false;
        calls.forEach(CallGate::open);
        holders.forEach(Holder::release);
    }

    /** Ends the race: nobody is held, nothing is counted, nothing is kept. */
    void close() {
        try {
            open();
        } finally {
            holders.forEach(Holder::close);
            locks.endRace();
        }
    }
}
