package com.example.provisioning.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** A request that the filters refuse is answered as one that a controller refuses. */
@Component
class ProblemAccessDenied implements AccessDeniedHandler {

    private final HandlerExceptionResolver problems;

    ProblemAccessDenied(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.problems = problems;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure) {
        problems.resolveException(request, response, null, failure);
    }
}
