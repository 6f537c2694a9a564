package dev.raceharness;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The database's own figures for one table. What cannot be known under the given rights is empty, never 0.
 *
 * <p>What counts as an attempt is what the gates of the table hold: by default rows to be inserted; behind an UPDATE or
 * DELETE gate each such statement. An upsert counts as the row that it tries to insert, whatever becomes of it, and a MERGE
 * that can insert by the rows that it tries to insert.
 *
 * @param attempted rows that racers tried to insert, and statements by which they tried to update or delete
 * @param written of these, rows that got in (behind ON CONFLICT also as an update) and statements that changed a row,
 *     whether or not they were committed later
 * @param violations unique violations of the racers by the name of the constraint or index, empty if unknown; without
 *     those that a function in the server caught itself, which are only refused attempts
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

    TableEvidence with(Optional<Map<String, Long>> known) {
        return new TableEvidence(table, attempted, written, known, rows, rowsBefore, rowsAfter);
    }

    /** Attempts that did nothing to the table: a violation, ON CONFLICT DO NOTHING, an UPDATE that found no row. */
    public OptionalLong refused() {
        return attempted.isPresent() && written.isPresent()
                ? OptionalLong.of(Math.max(0, attempted.getAsLong() - written.getAsLong()))
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
