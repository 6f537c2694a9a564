package com.example.provisioning.identity;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The token is genuine, but what it says cannot be used. Its bearer cannot mend that, so the message says who can. */
public class InvalidClaimException extends ErrorResponseException {

    InvalidClaimException(String claim, String fault) {
        super(HttpStatus.BAD_REQUEST, problem(claim, fault), null);
    }

    private static ProblemDetail problem(String claim, String fault) {
        var problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST,
                "The claim '%s' of your token %s. Whoever runs the identity provider can correct it."
                        .formatted(claim, fault));
        problem.setTitle("Unusable token");
        problem.setProperty("claim", claim);
        return problem;
    }
}
