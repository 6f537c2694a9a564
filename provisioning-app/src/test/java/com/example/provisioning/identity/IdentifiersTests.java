package com.example.provisioning.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentifiersTests {

    /** Rows out there carry these: an identifier that changes orphans them. */
    @Test
    void neverChange() {
        assertThat(Identifiers.ofOrganization("company:acme"))
                .isEqualTo(UUID.fromString("f7b2f847-a21d-5ca7-9027-c226601f4b40"));
        assertThat(Identifiers.ofUser("https://issuer.example", "ada"))
                .isEqualTo(UUID.fromString("a5a9e8c7-1e66-56bd-9601-a3dc700858a1"));
    }

    @Test
    void areOfVersionFive() {
        assertThat(Identifiers.ofOrganization("company:acme").version()).isEqualTo(5);
    }

    @Test
    void differByKind() {
        var id = UUID.randomUUID();
        assertThat(Identifiers.ofDefaultWorkspace(id)).isNotEqualTo(Identifiers.ofOrganization(id.toString()));
    }

    @Test
    void doNotConfuseWhereIssuerEndsAndSubjectBegins() {
        assertThat(Identifiers.ofUser("a", "bc")).isNotEqualTo(Identifiers.ofUser("ab", "c"));
    }
}
