package dev.raceharness;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the database says about the race.
 *
 * @param tables by the name that the race used
 * @param errors all errors of the database's sessions during the race, from the server's log; empty if the log cannot
 *     be read. Errors that a function in the server caught itself are not in the log
 * @param deadlocks deadlocks that the server resolved in this database
 * @param committed backends, by process id, of which a held write was committed
 * @param sources where the figures come from, and what could not be known and why
 */
public record Evidence(
        Map<String, TableEvidence> tables,
        Optional<List<SqlError>> errors,
        long deadlocks,
        List<Integer> committed,
        List<String> sources) {

    /** @throws IllegalArgumentException if the race neither held nor watched this table */
    public TableEvidence on(String table) {
        var found = tables.get(table);
        if (found == null) {
            throw new IllegalArgumentException("No evidence was taken on \"" + table + "\", only on " + tables.keySet()
                    + ". Add .watch(\"" + table + "\") to the race.");
        }
        return found;
    }
}
