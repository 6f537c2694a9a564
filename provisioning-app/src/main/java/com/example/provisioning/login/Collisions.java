package com.example.provisioning.login;

import com.example.provisioning.problem.ViolatedConstraint;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.stereotype.Component;

/** What another login can do to this one, and how often it does: provisioning_collisions_total, by constraint. */
@Component
class Collisions {

    private static final String FOREIGN_KEY_VIOLATION = "23503"; // what it refers to was deleted meanwhile
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final Set<String> STATES =
            Set.of(FOREIGN_KEY_VIOLATION, UNIQUE_VIOLATION, SERIALIZATION_FAILURE, DEADLOCK_DETECTED);

    private final MeterRegistry metrics;

    Collisions(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    boolean isOne(RuntimeException failure) {
        return stateOf(failure).filter(STATES::contains).isPresent();
    }

    /** A serialization failure or a deadlock names no constraint. */
    void count(RuntimeException collision) {
        metrics.counter(
                        "provisioning.collisions",
                        "sqlstate",
                        stateOf(collision).orElse("none"),
                        "constraint",
                        ViolatedConstraint.nameIn(collision).orElse("none"))
                .increment();
    }

    private static Optional<String> stateOf(RuntimeException failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause
                ? Optional.ofNullable(cause.getSQLState())
                : Optional.empty();
    }
}
