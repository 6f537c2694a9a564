package dev.raceharness;

import java.util.Optional;

/**
 * The harness runs a statement in a transaction of its own and does not commit it: a racer that wants the same key or row
 * waits for that transaction. Installs nothing and touches no other key. Its racers go on all together, when the
 * harness's transaction rolls back.
 */
public record HeldByGate(String sql) implements Gate {

    @Override
    public String label() {
        return "held";
    }

    @Override
    public String description() {
        return "held by " + sql;
    }

    @Override
    public Optional<String> table() {
        return Optional.empty();
    }

    @Override
    public String toString() {
        return description();
    }
}
