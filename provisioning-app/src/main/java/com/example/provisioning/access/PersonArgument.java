package com.example.provisioning.access;

import com.example.provisioning.identity.Person;
import com.example.provisioning.identity.TokenReader;
import com.example.provisioning.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** The one place where an authentication becomes a person, whether it came with a token or with a session. */
@Component
class PersonArgument implements HandlerMethodArgumentResolver {

    private final TokenReader tokens;

    PersonArgument(TokenReader tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Person.class;
    }

    @Override
    public Person resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return person(request);
    }

    Person person(NativeWebRequest request) {
        if (request.getUserPrincipal() instanceof Authentication authentication
                && authentication.getPrincipal() instanceof ClaimAccessor claims) {
            return tokens.read(claims);
        }
        throw ProblemException.forbidden("Only people may do this, and you have not signed in as one.");
    }
}
