package com.example.provisioning.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenReaderTests {

    private final TokenReader reader = new TokenReader(new IdentityProperties("company", Set.of("Mailbox.example")));

    private Person read(Map<String, ?> more) {
        var claims = new HashMap<String, Object>(Map.of("iss", "https://issuer.example", "sub", "ada"));
        claims.putAll(more);
        return reader.read(() -> claims);
    }

    private String key(Map<String, ?> more) {
        return read(more).organization().key();
    }

    @Test
    void companyComesFromTheClaim() {
        assertThat(key(Map.of("company", " ACME ", "email", "ada@b.example", "email_verified", true)))
                .isEqualTo("company:acme");
    }

    @Test
    void companyComesFromAVerifiedDomain() {
        assertThat(key(Map.of("email", "ada@B.example", "email_verified", true))).isEqualTo("domain:b.example");
        assertThat(key(Map.of("email", "ada@B.example", "email_verified", "true"))).isEqualTo("domain:b.example");
    }

    @Test
    void everybodyElseHasAPersonalOrganization() {
        var personal = "person:" + Identifiers.ofUser("https://issuer.example", "ada");
        assertThat(key(Map.of())).isEqualTo(personal);
        assertThat(key(Map.of("email", "ada@b.example"))).isEqualTo(personal);
        assertThat(key(Map.of("email", "ada@b.example", "email_verified", "yes"))).isEqualTo(personal);
        assertThat(key(Map.of("email", "ada@MAILBOX.example", "email_verified", true))).isEqualTo(personal);
    }

    @Test
    void companyCannotTakeTheNameOfADomainOrAPerson() {
        var personal = key(Map.of());
        assertThat(key(Map.of("company", personal))).isNotEqualTo(personal);
        assertThat(key(Map.of("company", "domain:b.example"))).isNotEqualTo("domain:b.example");
    }

    @Test
    void displayNameIsTheBestThereIs() {
        assertThat(read(Map.of("name", " Ada ", "email", "ada@b.example")).displayName()).isEqualTo("Ada");
        assertThat(read(Map.of("email", "ada@b.example")).displayName()).isEqualTo("ada@b.example");
        assertThat(read(Map.of()).displayName()).isEqualTo("ada");
    }

    @Test
    void halfACharacterIsRefused() {
        assertThatThrownBy(() -> read(Map.of("name", "\ud800")))
                .isInstanceOf(InvalidClaimException.class)
                .hasMessageContaining("'name'");
    }

    @Test
    void configuredDomainMustBeOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenReader(new IdentityProperties("company", Set.of("a..b"))))
                .withMessageContaining("public-mailbox-domains");
    }
}
