package com.example.provisioning.workspace.booking;

import com.example.provisioning.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** There are not that many places left; nothing was booked. */
public class FullyBookedException extends ProblemException {

    FullyBookedException(Resource resource, int wanted) {
        super(
                HttpStatus.CONFLICT,
                "fully-booked",
                "%d of %d places are free, and you want %d. Nothing was booked."
                        .formatted(resource.free(), resource.capacity(), wanted));
        with("free", resource.free());
    }
}
