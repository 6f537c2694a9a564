package com.example.provisioning.login;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

class TooManyCollisionsException extends ErrorResponseException {

    TooManyCollisionsException(int attempts, RuntimeException last) {
        super(HttpStatus.SERVICE_UNAVAILABLE, problem(attempts), last);
    }

    @Override
    public HttpHeaders getHeaders() {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "1");
        return headers;
    }

    private static ProblemDetail problem(int attempts) {
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE,
                "Others kept changing the same data, %d times in a row. Nothing was changed for you: try again."
                        .formatted(attempts));
        problem.setTitle("Too many collisions");
        return problem;
    }
}
