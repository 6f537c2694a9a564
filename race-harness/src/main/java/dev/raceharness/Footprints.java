package dev.raceharness;

import dev.raceharness.Transactions.Kind;
import dev.raceharness.Transactions.Lock;
import dev.raceharness.Transactions.Open;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what each step of one run touched, by comparing the racers' transactions before and after it.
 *
 * <p>Only one kind of step touches less than everything: one racer goes from one gate to the next in one and the same
 * transaction, and nobody begins or ceases to wait. It wrote at most tables whose gates it left or reached, for a table
 * with a gate before every write cannot be written otherwise; and the tables without such a gate that it has locked.
 */
final class Footprints {

    private final Transactions transactions;
    private final Field field;
    private final Set<String> whollyGated;
    private final Map<String, Set<String>> transactionsOf = new HashMap<>();
    private Map<Integer, Open> open = Map.of();
    private Set<Contestant> blocked = Set.of();
    private boolean startsMatter;

    Footprints(Transactions transactions, Field field, Set<Gate> gates) {
        this.transactions = transactions;
        this.field = field;
        this.whollyGated = gates.stream()
                .filter(Footprints::holdsEveryWrite)
                .flatMap(gate -> gate.table().stream())
                .map(transactions::canonical)
                .collect(Collectors.toSet());
    }

    private static boolean holdsEveryWrite(Gate gate) {
        return gate instanceof WriteGate write
                && write.moment() == WriteGate.Moment.BEFORE
                && write.condition().isEmpty()
                && write.operations().equals(EnumSet.allOf(Operation.class));
    }

    /** Looks at how things stand before a step. */
    void look() {
        open = transactions.of(field.backends());
        blocked = Set.copyOf(field.those(Contestant::isBehind));
    }

    /** What this step touched, which has just been taken. */
    Footprint of(Step step, @Nullable Hold left) {
        var before = open;
        var blockedBefore = blocked;
        look();
        var racer = field.named(step.racer());
        var reached = racer.hold();
        noteWhetherStartsMatter(step, racer);
        if (left == null || reached == null || step.fault().isPresent() || !blocked.equals(blockedBefore)) {
            return Footprint.EVERYTHING;
        }
        return staysInItsTransaction(before, racer) ? betweenGates(before, racer, left.gate(), reached.gate())
                : Footprint.EVERYTHING;
    }

    /** From the beginning a racer that meets no gate looks only at what the others commit, so it matters when. */
    private void noteWhetherStartsMatter(Step step, Contestant racer) {
        var now = open.get(racer.backend());
        if (!racer.isAtGate()) {
            startsMatter |= transactionsOf.isEmpty();
        } else if (now == null) {
            startsMatter = true;
        } else {
            transactionsOf.computeIfAbsent(racer.name(), name -> new HashSet<>()).addAll(now.all(Kind.TRANSACTION));
            startsMatter |= step.isStart() && now.locks().stream().anyMatch(this::matters);
        }
    }

    /** A table with a gate is locked as soon as its gate is reached. */
    private boolean matters(Lock lock) {
        return lock.kind() == Kind.PREDICATE
                || lock.kind() == Kind.OTHER
                || lock.kind() == Kind.WRITE && !whollyGated.contains(lock.what());
    }

    /**
     * Whether it matters when racers start: not if each does nothing before its first gate but read, and is in only one
     * transaction at all of its gates. A later start then means the same, or comes after the other's end.
     */
    boolean startsMatter() {
        return startsMatter || transactionsOf.values().stream().anyMatch(all -> all.size() > 1);
    }

    private boolean staysInItsTransaction(Map<Integer, Open> before, Contestant racer) {
        return before.keySet().equals(open.keySet())
                && open.keySet().stream().allMatch(backend -> {
                    var now = open.get(backend);
                    var then = before.get(backend);
                    return now.all(Kind.PREDICATE).isEmpty()
                            && now.all(Kind.TRANSACTION).equals(then.all(Kind.TRANSACTION))
                            && now.all(Kind.WRITER).containsAll(then.all(Kind.WRITER))
                            && (racer.backends().contains(backend) || now.equals(then));
                });
    }

    private Footprint betweenGates(Map<Integer, Open> before, Contestant racer, Gate left, Gate reached) {
        if (left.table().isEmpty() || reached.table().isEmpty()) {
            return Footprint.EVERYTHING;
        }
        var taken = new HashSet<String>();
        taken.add(transactions.canonical(left.table().get()));
        if (!(reached instanceof CommitGate)) {
            taken.add(transactions.canonical(reached.table().get()));
        }
        for (var backend : racer.backends()) {
            if (open.containsKey(backend)) {
                var now = open.get(backend);
                taken.addAll(now.all(Kind.OTHER));
                now.all(Kind.WRITE).stream().filter(table -> !whollyGated.contains(table)).forEach(taken::add);
                taken.addAll(changed(before.get(backend), now));
            }
        }
        if (open.values().stream().anyMatch(one -> one.all(Kind.OTHER).contains(Transactions.ADVISORY_LOCKS))) {
            taken.add(Transactions.ADVISORY_LOCKS);
        }
        return new Footprint(taken, false);
    }

    private static Set<String> changed(Open then, Open now) {
        var changed = new HashSet<Lock>(now.locks());
        changed.removeAll(then.locks());
        then.locks().stream().filter(lock -> !now.locks().contains(lock)).forEach(changed::add);
        return changed.stream()
                .filter(lock -> lock.kind() == Kind.WRITE || lock.kind() == Kind.OTHER)
                .map(Lock::what)
                .collect(Collectors.toSet());
    }
}
