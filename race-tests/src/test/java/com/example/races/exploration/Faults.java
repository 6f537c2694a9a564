package com.example.races.exploration;

import dev.raceharness.Fault;
import java.util.stream.Stream;

/** What can happen to a racer at a gate. */
final class Faults {

    private Faults() {}

    /** The session ends, the statement is cancelled, the server asks for another try, the transaction rolls back. */
    static Stream<Fault> all() {
        return Stream.of(Fault.terminateBackend(), Fault.cancelStatement(), Fault.raise("40001"), Fault.rollBack());
    }
}
