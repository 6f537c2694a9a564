package com.example.provisioning.problem;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The name of the constraint or unique index that the database reported, for the feature that knows what it means. */
public final class ViolatedConstraint {

    private ViolatedConstraint() {}

    public static boolean is(String constraint, Throwable failure) {
        return nameIn(failure).filter(constraint::equals).isPresent();
    }

    public static Optional<String> nameIn(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(PSQLException.class::isInstance)
                .map(cause -> ((PSQLException) cause).getServerErrorMessage())
                .filter(Objects::nonNull)
                .map(ServerErrorMessage::getConstraint)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
