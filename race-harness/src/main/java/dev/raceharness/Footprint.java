package dev.raceharness;

import java.util.Collections;
import java.util.Set;

/**
 * What one step did that another racer can notice before this one commits. Reads do not count: until the other racer
 * commits they see nothing of its writes (PostgreSQL's multi-version concurrency control).
 *
 * <p>Two steps that commute may be taken in either order with the same outcome, so one order of them is enough
 * (Mazurkiewicz's traces; pruned by sleep sets, after P. Godefroid, Partial-Order Methods for the Verification of
 * Concurrent Systems, 1996).
 *
 * @param taken tables that it wrote, or locked as a whole or in part, be it only for a foreign key: the lock view does not tell
 *     that from a lock that keeps others out
 * @param everything whether it may have touched anything: then it commutes with no other
 */
record Footprint(Set<String> taken, boolean everything) {

    static final Footprint EVERYTHING = new Footprint(Set.of(), true);

    Footprint {
        taken = Set.copyOf(taken);
    }

    boolean commutesWith(Footprint other) {
        return !everything && !other.everything && Collections.disjoint(taken, other.taken);
    }
}
