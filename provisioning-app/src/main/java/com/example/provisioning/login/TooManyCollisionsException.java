package com.example.provisioning.login;

import com.example.provisioning.problem.ProblemException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

class TooManyCollisionsException extends ProblemException {

    TooManyCollisionsException(int attempts, RuntimeException last) {
        super(
                HttpStatus.SERVICE_UNAVAILABLE,
                "too-many-collisions",
                "Others kept changing the same data, %d times in a row. Nothing was changed for you: try again."
                        .formatted(attempts),
                last);
        retryAfter(Duration.ofSeconds(1));
    }
}
