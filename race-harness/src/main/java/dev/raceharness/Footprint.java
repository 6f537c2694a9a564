package dev.raceharness;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * What one step did that another racer can notice before this one commits: the tables that it wrote or locked. Reads do
 * not count: until the other racer commits they see nothing of its writes (PostgreSQL's multi-version concurrency
 * control), and a step that may contain a commit counts as having touched everything.
 *
 * <p>Two steps that commute may be taken in either order with the same outcome, so one order of them is enough
 * (Mazurkiewicz's traces; pruned by sleep sets, after P. Godefroid, Partial-Order Methods for the Verification of
 * Concurrent Systems, 1996).
 */
record Footprint(Set<String> tables, boolean everything) {

    static final Footprint EVERYTHING = new Footprint(Set.of(), true);

    Footprint {
        tables = Set.copyOf(tables);
    }

    boolean commutesWith(Footprint other) {
        return !everything && !other.everything && Collections.disjoint(tables, other.tables);
    }

    Footprint and(Footprint other) {
        var all = new HashSet<>(tables);
        all.addAll(other.tables);
        return new Footprint(all, everything || other.everything);
    }
}
