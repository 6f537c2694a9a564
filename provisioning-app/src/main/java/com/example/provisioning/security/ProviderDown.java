package com.example.provisioning.security;

import static org.springframework.core.NestedExceptionUtils.getMostSpecificCause;

import com.example.provisioning.problem.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** While the identity provider does not answer nobody can sign in, and perhaps no token can be checked: 503. */
@Component
class ProviderDown {

    private static final Logger log = LoggerFactory.getLogger(ProviderDown.class);

    private final HandlerExceptionResolver problems;

    ProviderDown(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof AuthenticationServiceException
                        || cause instanceof IOException
                        || cause instanceof HttpServerErrorException);
    }

    void tell(HttpServletRequest request, HttpServletResponse response, Throwable failure) {
        log.warn("The identity provider does not answer: {}", String.valueOf(getMostSpecificCause(failure)));
        problems.resolveException(
                request,
                response,
                null,
                ProblemException.unavailable(
                        "identity-provider-unavailable",
                        "The identity provider does not answer: try again in a moment.",
                        failure));
    }

    /** Around the check of a token, which needs the provider's keys. */
    void around(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (JwtDecoderInitializationException | AuthenticationServiceException failure) {
            tell((HttpServletRequest) request, (HttpServletResponse) response, failure);
        }
    }
}
