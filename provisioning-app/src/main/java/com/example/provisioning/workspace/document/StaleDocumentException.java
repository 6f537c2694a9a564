package com.example.provisioning.workspace.document;

import com.example.provisioning.problem.ProblemException;
import org.springframework.http.HttpStatus;

/** Somebody else was faster. Nothing was overwritten, and the refused writer gets what there is now. */
public class StaleDocumentException extends ProblemException {

    private final Document current;

    StaleDocumentException(Document current) {
        this(current, HttpStatus.CONFLICT);
    }

    private StaleDocumentException(Document current, HttpStatus status) {
        super(
                status,
                "document-changed",
                ("Somebody saved this document after you had read it; it has version %d now."
                                + " Nothing of yours was saved: compare, and save again under that version.")
                        .formatted(current.version()));
        this.current = current;
        with("current", current);
    }

    /** As those are told who named the version in the header If-Match. */
    StaleDocumentException asFailedPrecondition() {
        return new StaleDocumentException(current, HttpStatus.PRECONDITION_FAILED);
    }

    public Document current() {
        return current;
    }
}
