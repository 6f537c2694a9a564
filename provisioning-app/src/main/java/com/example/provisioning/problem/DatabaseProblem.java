package com.example.provisioning.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.TransactionSystemException;

/** What a failure of the database means to the caller, where no feature knew better. */
final class DatabaseProblem {

    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "55P03");
    /** The transaction idled or lasted for too long, so the database has ended its session. */
    private static final Set<String> TOO_LATE = Set.of("25P03", "25P04");

    private static final Set<String> IN_THE_WAY = Set.of("23503", "23505", "23P01");
    private static final Set<String> UNACCEPTABLE = Set.of("23502", "23514");

    private DatabaseProblem() {}

    /** Empty if the database has no part in it, or if it is a fault of ours. */
    static Optional<ProblemException> of(Throwable failure) {
        if (failure instanceof TransactionSystemException rollback && rollback.getApplicationException() != null) {
            return of(rollback.getApplicationException()); // the rollback failed as well: that is not why
        }
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .findFirst()
                .flatMap(cause -> of((SQLException) cause));
    }

    private static Optional<ProblemException> of(SQLException failure) {
        var state = Objects.requireNonNullElse(failure.getSQLState(), "");
        if (failure instanceof SQLTransientConnectionException || isOutOfReach(state)) {
            return Optional.of(ProblemException.unavailable(
                    "database-unavailable", "The database has no time for this now: try again.", failure));
        }
        if (TRY_AGAIN.contains(state)) {
            return Optional.of(ProblemException.unavailable(
                    "too-many-collisions", "Others changed the same data at this moment: try again.", failure));
        }
        if (IN_THE_WAY.contains(state)) {
            return Optional.of(new ProblemException(
                    HttpStatus.CONFLICT, "conflict", "What others have done meanwhile is in the way.", failure));
        }
        if (UNACCEPTABLE.contains(state) || state.startsWith("22")) {
            return Optional.of(new ProblemException(
                    HttpStatus.BAD_REQUEST, "unacceptable-value", "One of the values cannot be stored.", failure));
        }
        return Optional.empty();
    }

    /** Connection failures, insufficient resources, operator intervention; or the pool, which has no codes, lost it. */
    private static boolean isOutOfReach(String state) {
        return state.isEmpty() || state.startsWith("08") || state.startsWith("53") || state.startsWith("57")
                || TOO_LATE.contains(state);
    }
}
