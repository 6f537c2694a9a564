package dev.raceharness;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Unique violations as the server's log shows them: also those that the application swallowed. */
final class LoggedViolations implements Violations {

    private final List<String> violated;
    private final UniqueIndexes indexes;

    /** @param errors what the racers' backends reported */
    LoggedViolations(List<SqlError> errors, UniqueIndexes indexes) {
        this.violated = errors.stream().flatMap(error -> error.constraint().stream()).toList();
        this.indexes = indexes;
    }

    @Override
    public Optional<Map<String, Long>> on(String table, OptionalLong refused) {
        var byConstraint = new TreeMap<String, Long>();
        for (var constraint : violated) {
            var tables = indexes.tablesWith(constraint);
            if (tables.contains(table) && tables.size() > 1) {
                return Optional.empty(); // the log does not say in which schema
            }
            if (tables.contains(table)) {
                byConstraint.merge(constraint, 1L, Long::sum);
            }
        }
        return Optional.of(byConstraint);
    }
}
