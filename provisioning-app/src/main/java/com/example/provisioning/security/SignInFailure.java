package com.example.provisioning.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.stereotype.Component;

/** Whoever was refused is asked to sign in again; whoever meets a provider that does not answer is told so. */
@Component
class SignInFailure implements AuthenticationFailureHandler {

    private final AuthenticationFailureHandler refused = new SimpleUrlAuthenticationFailureHandler("/sign-in?error");
    private final ProviderDown providerDown;

    SignInFailure(ProviderDown providerDown) {
        this.providerDown = providerDown;
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        if (ProviderDown.isCauseOf(failure)) {
            providerDown.tell(request, response, failure);
        } else {
            refused.onAuthenticationFailure(request, response, failure);
        }
    }
}
