package com.example.provisioning.security;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties.Registration;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * The identity provider that people sign in with, as spring.security.oauth2.client.* describes it. It is asked for its
 * addresses when the first person signs in, and again as long as it has not answered: the application starts without
 * it, and nobody waits for somebody else's question.
 */
@Component
class IdentityProviders implements ClientRegistrationRepository {

    private final OAuth2ClientProperties properties;
    private final ProviderCalls calls;
    private final Map<String, ClientRegistration> known = new ConcurrentHashMap<>();

    IdentityProviders(OAuth2ClientProperties properties, ProviderCalls calls) {
        this.properties = properties;
        this.calls = calls;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        var answered = known.get(id);
        var client = properties.getRegistration().get(id);
        if (answered != null || client == null) {
            return answered;
        }
        var asked = ask(id, client);
        known.put(id, asked);
        return asked;
    }

    private ClientRegistration ask(String id, Registration client) {
        var name = "spring.security.oauth2.client.provider.%s.issuer-uri".formatted(id);
        var provider = Objects.requireNonNull(properties.getProvider().get(id), name);
        var issuer = Objects.requireNonNull(provider.getIssuerUri(), name);
        try {
            var metadata = calls.metadata(issuer);
            if (!issuer.equals(metadata.get("issuer"))) { // else somebody else's tokens could be taken for this one's
                throw new IllegalArgumentException("it says that it is " + metadata.get("issuer"));
            }
            return ClientRegistrations.fromOidcConfiguration(metadata)
                    .registrationId(id)
                    .clientId(client.getClientId())
                    .clientSecret(client.getClientSecret())
                    .scope(client.getScope())
                    .build();
        } catch (RestClientException | IllegalArgumentException failure) {
            throw new AuthenticationServiceException(issuer + " does not say how to sign in", failure);
        }
    }
}
