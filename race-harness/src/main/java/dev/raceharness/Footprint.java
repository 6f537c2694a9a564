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
 * @param taken tables that it wrote, or locked against others who write
 * @param shared tables of which it locked rows only against being deleted, as foreign keys do
 * @param everything whether it may have touched anything: then it commutes with no other
 */
record Footprint(Set<String> taken, Set<String> shared, boolean everything) {

    static final Footprint EVERYTHING = new Footprint(Set.of(), Set.of(), true);

    Footprint {
        taken = Set.copyOf(taken);
        shared = Set.copyOf(shared);
    }

    boolean commutesWith(Footprint other) {
        return !everything
                && !other.everything
                && Collections.disjoint(taken, other.taken)
                && Collections.disjoint(taken, other.shared)
                && Collections.disjoint(shared, other.taken);
    }
}
