package dev.raceharness;

import java.util.Optional;

/**
 * The harness locks a table itself, so everybody who writes it waits before the statement has its snapshot. Needs no
 * trigger and no flag. Its racers go on all together. A racer's own lock_timeout fires here (55P03).
 */
public record TableLockGate(String lockedTable, boolean readsToo) implements Gate {

    /** Holds SELECT as well. */
    public TableLockGate andReads() {
        return new TableLockGate(lockedTable, true);
    }

    String mode() {
        return readsToo ? "ACCESS EXCLUSIVE" : "SHARE";
    }

    @Override
    public String label() {
        return "lock-" + lockedTable;
    }

    @Override
    public String description() {
        return "lock " + lockedTable + (readsToo ? " against reads too" : "");
    }

    @Override
    public Optional<String> table() {
        return Optional.of(lockedTable);
    }

    @Override
    public String toString() {
        return description();
    }
}
