package dev.raceharness;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The database's own figures for one table. What cannot be known under the given rights is empty, never 0.
 *
 * @param attempted rows that racers tried to insert (or, behind an update or delete gate, statements that they tried)
 * @param written rows that got into, were changed in or left the table, whether or not they were committed later
 * @param violations unique violations by the name of the constraint or index, empty if unknown
 * @param rows rows that the racers added for good, less those that they deleted for good
 * @param rowsBefore all rows of the table before the race
 * @param rowsAfter all rows of the table after the race
 */
public record TableEvidence(
        String table,
        OptionalLong attempted,
        OptionalLong written,
        Optional<Map<String, Long>> violations,
        long rows,
        long rowsBefore,
        long rowsAfter) {

    /** Attempts of which nothing got into the table. */
    public OptionalLong refused() {
        return attempted.isPresent() && written.isPresent()
                ? OptionalLong.of(attempted.getAsLong() - written.getAsLong())
                : OptionalLong.empty();
    }

    public OptionalLong uniqueViolations() {
        return violations
                .map(byConstraint -> OptionalLong.of(
                        byConstraint.values().stream().mapToLong(Long::longValue).sum()))
                .orElse(OptionalLong.empty());
    }

    /** For instance {@code organization: 2 attempted, 1 unique violation (organization_pkey), 1 row}. */
    String describe() {
        return table + ": " + figure(attempted) + " attempted, " + figure(uniqueViolations()) + " unique "
                + (uniqueViolations().equals(OptionalLong.of(1)) ? "violation" : "violations")
                + violations
                        .filter(byConstraint -> !byConstraint.isEmpty())
                        .map(byConstraint -> " " + byConstraint.keySet())
                        .orElse("")
                + ", " + rows + (rows == 1 ? " row" : " rows");
    }

    private static String figure(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : "unknown";
    }
}
