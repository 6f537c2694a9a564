package com.example.provisioning.identity;

import java.util.UUID;

/**
 * The name of an organization as people see it, and the key that all its spellings share. The kind is part of the key:
 * nobody gets into a personal organization, or one that belongs to a domain, by giving a company its name.
 */
public record OrganizationName(String key, String name) {

    static OrganizationName ofCompany(String normalisedName, String name) {
        return new OrganizationName("company:" + normalisedName, name);
    }

    static OrganizationName ofDomain(String domain) {
        return new OrganizationName("domain:" + domain, domain);
    }

    static OrganizationName ofPerson(UUID userId, String displayName) {
        return new OrganizationName("person:" + userId, displayName);
    }

    public UUID organizationId() {
        return Identifiers.ofOrganization(key);
    }
}
