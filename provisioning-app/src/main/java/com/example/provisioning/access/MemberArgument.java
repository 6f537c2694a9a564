package com.example.provisioning.access;

import com.example.provisioning.problem.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/** Looks the caller up in the organization or workspace of the path, with one query. */
@Component
class MemberArgument implements HandlerMethodArgumentResolver {

    private final PersonArgument people;
    private final MemberQuery members;

    MemberArgument(PersonArgument people, MemberQuery members) {
        this.people = people;
        this.members = members;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Member.class;
    }

    @Override
    public Member resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var person = people.person(request);
        return pathVariable("workspaceId", request)
                .map(workspace -> id(workspace).flatMap(id -> members.inWorkspace(id, person)))
                .or(() -> pathVariable("organizationId", request)
                        .map(organization -> id(organization).flatMap(id -> members.inOrganization(id, person))))
                .orElseThrow(() -> new IllegalStateException(
                        "A member is asked for, but the path names neither a workspaceId nor an organizationId"))
                .orElseThrow(ProblemException::notFound);
    }

    private static Optional<String> pathVariable(String name, NativeWebRequest request) {
        var variables = request.getAttribute(
                HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
        return variables instanceof Map<?, ?> map ? Optional.ofNullable((String) map.get(name)) : Optional.empty();
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException noIdentifier) {
            return Optional.empty();
        }
    }
}
