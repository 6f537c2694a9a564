package com.example.provisioning.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the container sends what failed before any controller was reached. */
@RestController
class ErrorEndpoint implements ErrorController {

    @RequestMapping("/error")
    void tell(HttpServletRequest request) throws Exception {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception failure) {
            throw failure;
        }
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        throw status == null
                ? ProblemException.notFound() // somebody asks for the error itself
                : new ErrorResponseException(Objects.requireNonNullElse(
                        HttpStatus.resolve((int) status), HttpStatus.INTERNAL_SERVER_ERROR));
    }
}
