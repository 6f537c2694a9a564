package com.example.provisioning;

import com.example.provisioning.page.Page;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What the application answers to, as its controllers say: a new endpoint is here without anybody's remembering it. */
@TestComponent
public class Endpoints {

    public record Endpoint(String method, String path) {

        /** With what is given for the organization and the workspace, and any identifier for the rest. */
        public String filled(Object organizationId, Object workspaceId) {
            return path.replace("{organizationId}", organizationId.toString())
                    .replace("{workspaceId}", workspaceId.toString())
                    .replaceAll("\\{\\w+}", "00000000-0000-4000-8000-000000000000");
        }

        public boolean belongsToAnOrganization() {
            return path.contains("{organizationId}") || path.contains("{workspaceId}");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final RequestMappingHandlerMapping controllers;

    Endpoints(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping controllers) {
        this.controllers = controllers;
    }

    public List<Endpoint> forPrograms() {
        return all().filter(endpoint -> endpoint.path().startsWith("/api/"))
                .filter(endpoint -> !endpoint.path().startsWith("/api/openapi"))
                .toList();
    }

    /** Those that answer with a page of a list. */
    public List<Endpoint> lists() {
        return all(method -> method.getReturnType().getParameterType() == Page.class).toList();
    }

    /** Those that read what is sent to them. */
    public List<Endpoint> withBody() {
        return all(method -> Stream.of(method.getMethodParameters())
                        .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class)))
                .toList();
    }

    public List<Endpoint> forPeople() {
        return all().filter(endpoint -> !endpoint.path().startsWith("/api/"))
                .filter(endpoint -> !endpoint.path().equals("/error"))
                .toList();
    }

    private Stream<Endpoint> all() {
        return all(method -> true);
    }

    private Stream<Endpoint> all(Predicate<HandlerMethod> which) {
        return controllers.getHandlerMethods().entrySet().stream()
                .filter(entry -> which.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .flatMap(path -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> new Endpoint(method.name(), path))));
    }
}
