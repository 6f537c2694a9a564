package com.example.provisioning.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who has proved who they are, and the organization that they belong to for it. */
public record Person(
        String issuer, String subject, @Nullable String email, String displayName, OrganizationName organization) {

    public UUID userId() {
        return Identifiers.ofUser(issuer, subject);
    }
}
