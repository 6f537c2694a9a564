package com.example.provisioning.identity;

import com.example.provisioning.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** The token is genuine, but what it says cannot be used. Its bearer cannot mend that, so the message says who can. */
public class InvalidClaimException extends ProblemException {

    private final String claim;
    private final String fault;

    InvalidClaimException(String claim, String fault) {
        super(
                HttpStatus.BAD_REQUEST,
                "unusable-token",
                "The claim '%s' of your token %s. Whoever runs the identity provider can correct it."
                        .formatted(claim, fault));
        this.claim = claim;
        this.fault = fault;
        with("claim", claim);
    }

    public String claim() {
        return claim;
    }

    /** Such as "is blank". */
    public String fault() {
        return fault;
    }
}
