package com.example.provisioning.problem;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** A refusal. Programs know it by its type, people by its detail; both must never be given anything internal. */
public class ProblemException extends ErrorResponseException {

    /** @param type a short name with hyphens, such as {@code handle-taken}: a promise, so it is never changed */
    public ProblemException(HttpStatus status, String type, String detail) {
        this(status, type, detail, null);
    }

    public ProblemException(HttpStatus status, String type, String detail, @Nullable Throwable cause) {
        super(status, problem(status, type, detail), cause);
    }

    /** What does not exist and what is none of the caller's business look the same. */
    public static ProblemException notFound() {
        return new ProblemException(HttpStatus.NOT_FOUND, "not-found", "There is nothing here, or nothing for you.");
    }

    public static ProblemException forbidden(String detail) {
        return new ProblemException(HttpStatus.FORBIDDEN, "forbidden", detail);
    }

    public static ProblemException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    static ProblemException invalid(List<FieldError> errors) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "invalid", "Some fields are not valid.")
                .with("errors", errors);
    }

    public static ProblemException conflict(String type, String detail) {
        return new ProblemException(HttpStatus.CONFLICT, type, detail);
    }

    public static ProblemException unavailable(String type, String detail, Throwable cause) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, type, detail, cause)
                .retryAfter(Duration.ofSeconds(1));
    }

    /** Says something more to programs. */
    public ProblemException with(String property, Object value) {
        getBody().setProperty(property, value);
        return this;
    }

    public ProblemException retryAfter(Duration wait) {
        getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds()));
        return this;
    }

    static URI type(String name) {
        return URI.create("/problems/" + name);
    }

    private static ProblemDetail problem(HttpStatus status, String type, String detail) {
        var problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type(type));
        problem.setTitle(Character.toUpperCase(type.charAt(0)) + type.substring(1).replace('-', ' '));
        return problem;
    }
}
