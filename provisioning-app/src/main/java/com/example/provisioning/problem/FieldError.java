package com.example.provisioning.problem;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.BindingResult;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import tools.jackson.core.JacksonException;

/** What is wrong with one field of a request. */
record FieldError(String field, String message) {

    static List<FieldError> of(BindingResult result) {
        return Stream.concat(
                        result.getFieldErrors().stream()
                                .map(error -> new FieldError(error.getField(), message(error))),
                        result.getGlobalErrors().stream()
                                .map(error -> new FieldError(error.getObjectName(), message(error))))
                .toList();
    }

    static List<FieldError> of(MethodValidationResult result) {
        return result.getParameterValidationResults().stream().flatMap(FieldError::of).toList();
    }

    /** What could be read as JSON, but not as what was asked for. */
    static List<FieldError> of(JacksonException unreadable) {
        var path = unreadable.getPath().stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? List.of() : List.of(new FieldError(path, "has no such value"));
    }

    private static Stream<FieldError> of(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return errors.getFieldErrors().stream().map(error -> new FieldError(error.getField(), message(error)));
        }
        var name = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream().map(error -> new FieldError(name, message(error)));
    }

    private static String message(MessageSourceResolvable error) {
        @Nullable String message = error.getDefaultMessage();
        return message == null ? "is not valid" : message;
    }
}
