package com.example.provisioning.idempotency;

import com.example.provisioning.problem.ProblemException;
import com.example.provisioning.security.RequestId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts one transaction around a POST to the API that has a key: claiming the key, the work, and keeping the answer. A
 * refusal is rolled back with its key, so that the caller can correct the request and send it again.
 */
@Component
class IdempotencyFilter extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";


    /** Their token is in the first answer alone: nothing but a hash of it may be stored. */
    private static final Pattern INVITATIONS = Pattern.compile("/api/organizations/[^/]+/invitations");

    /** Good once by its token anyway; and a login, which needs transactions of its own, and so a connection more. */
    private static final String ACCEPTANCE = "/api/invitations/accept";

    private final IdempotencyKeys keys;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final HandlerExceptionResolver problems;

    IdempotencyFilter(
            IdempotencyKeys keys,
            JsonMapper json,
            PlatformTransactionManager transactions,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.keys = keys;
        this.json = json;
        this.transaction = new TransactionTemplate(transactions);
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !request.getRequestURI().startsWith("/api/")
                || request.getHeader(HEADER) == null
                || request.getUserPrincipal() == null
                || request.getServletPath().equals(ACCEPTANCE);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        try {
            var key = key(request);
            var body = request.getInputStream().readAllBytes();
            var caller = request.getUserPrincipal().getName();
            var fingerprint = fingerprint(request, body);
            var answer = transaction.execute(status -> {
                if (!keys.claim(caller, key, fingerprint)) {
                    return answerOfThe(keys.find(caller, key).orElseThrow(), fingerprint);
                }
                var first = execute(new RepeatableRequest(request, body), response, chain, fingerprint);
                if (first.isSuccess()) {
                    keys.answer(caller, key, storable(request, first));
                } else {
                    status.setRollbackOnly();
                }
                return first;
            });
            answer.writeTo(response);
        } catch (RuntimeException failure) {
            var requestId = response.getHeader(RequestId.HEADER);
            response.reset();
            response.setHeader(RequestId.HEADER, requestId);
            problems.resolveException(request, response, null, failure);
        }
    }

    /** The body stays in memory until the transaction is committed: nobody is told of what is rolled back after all. */
    private static Answer execute(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, String fingerprint) {
        var kept = new ContentCachingResponseWrapper(response);
        try {
            chain.doFilter(request, kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
        return Answer.of(fingerprint, kept);
    }

    private Answer storable(HttpServletRequest request, Answer answer) {
        return INVITATIONS.matcher(request.getServletPath()).matches() ? answer.without("token", json) : answer;
    }

    private static Answer answerOfThe(Answer first, String fingerprint) {
        if (!first.fingerprint().equals(fingerprint)) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency-key-reused",
                    "You have sent another request under this Idempotency-Key. Choose a new key for a new request.");
        }
        return first;
    }

    private static String key(HttpServletRequest request) {
        var key = request.getHeader(HEADER);
        if (!key.matches("[!-~]{1,255}")) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST,
                    "idempotency-key-malformed",
                    "An Idempotency-Key has 1 to 255 visible ASCII characters, for instance those of a UUID.");
        }
        return key;
    }

    private static String fingerprint(HttpServletRequest request, byte[] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var target = request.getRequestURI() + "?" + request.getQueryString() + "\n";
            digest.update(target.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
