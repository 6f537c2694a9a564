package dev.raceharness;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Unique violations as the racers threw them, for a harness that may not read the server's log. They are all there were
 * if they account for every attempt that was refused; otherwise the application may have swallowed some.
 */
final class ThrownViolations implements Violations {

    private final List<ServerErrorMessage> thrown;
    private final UniqueIndexes indexes;

    ThrownViolations(List<Throwable> failures, UniqueIndexes indexes) {
        this.thrown = failures.stream()
                .flatMap(failure -> serverErrors(failure).limit(1))
                .filter(error -> EvidenceBook.UNIQUE_VIOLATION.equals(error.getSQLState()))
                .toList();
        this.indexes = indexes;
    }

    private static Stream<ServerErrorMessage> serverErrors(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(PSQLException.class::isInstance)
                .map(cause -> ((PSQLException) cause).getServerErrorMessage())
                .filter(error -> error != null);
    }

    @Override
    public Optional<Map<String, Long>> on(String table, OptionalLong refused) {
        var byConstraint = new TreeMap<String, Long>();
        thrown.stream()
                .filter(error -> indexes.on(table)
                        .anyMatch(index -> index.name().equals(error.getConstraint())
                                && index.schema().equals(error.getSchema())))
                .forEach(error -> byConstraint.merge(String.valueOf(error.getConstraint()), 1L, Long::sum));
        var count = byConstraint.values().stream().mapToLong(Long::longValue).sum();
        // A deferred constraint is violated only after its row got in, so refused attempts say nothing about it.
        var complete = refused.equals(OptionalLong.of(count))
                && indexes.on(table).noneMatch(UniqueIndexes.Index::deferrable);
        return complete ? Optional.of(byConstraint) : Optional.empty();
    }
}
