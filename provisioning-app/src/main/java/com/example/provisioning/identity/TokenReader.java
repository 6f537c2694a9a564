package com.example.provisioning.identity;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.HashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.stereotype.Component;

/** Turns the claims of a valid token into a person. Everything it refuses is refused before anything is written. */
@Component
public class TokenReader {

    private final String companyClaim;
    private final Set<String> publicMailboxDomains;

    TokenReader(IdentityProperties properties) {
        this.companyClaim = properties.companyClaim();
        this.publicMailboxDomains = properties.publicMailboxDomains().stream()
                .map(domain -> Names.asciiDomain(domain)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "provisioning.public-mailbox-domains: '%s' is no domain".formatted(domain))))
                .collect(toUnmodifiableSet());
    }

    public Person read(ClaimAccessor token) {
        return read(new Claims(token.getClaims()));
    }

    /** Somebody of whom another program says what a token would. */
    public Person read(
            String company, String issuer, String subject, @Nullable String name, @Nullable String email) {
        var claims = new HashMap<String, @Nullable Object>();
        claims.put(companyClaim, company);
        claims.put("iss", issuer);
        claims.put("sub", subject);
        claims.put("name", name);
        claims.put("email", email);
        claims.values().removeIf(Objects::isNull);
        return read(new Claims(claims));
    }

    private Person read(Claims claims) {
        String issuer = claims.identifier("iss");
        String subject = claims.identifier("sub");
        String email = claims.text("email");
        String displayName = requireNonNullElse(claims.text("name"), requireNonNullElse(email, subject));
        var organization = companyOf(claims)
                .or(() -> verifiedDomainOf(claims, email))
                .orElseGet(() -> OrganizationName.ofPerson(Identifiers.ofUser(issuer, subject), displayName));
        return new Person(issuer, subject, email, displayName, organization);
    }

    private Optional<OrganizationName> companyOf(Claims claims) {
        return Optional.ofNullable(claims.text(companyClaim)).map(name -> Names.normalised(name)
                .map(normalised -> OrganizationName.ofCompany(normalised, name))
                .orElseThrow(() -> new InvalidClaimException(companyClaim, "names no company")));
    }

    /** An address that nobody verified could be anybody's: it must not open a company's door. */
    private Optional<OrganizationName> verifiedDomainOf(Claims claims, @Nullable String email) {
        if (email == null || !claims.isTrue("email_verified")) {
            return Optional.empty();
        }
        String domain = Names.domainOf(email).orElseThrow(() -> new InvalidClaimException("email", "is no address"));
        return publicMailboxDomains.contains(domain)
                ? Optional.empty()
                : Optional.of(OrganizationName.ofDomain(domain));
    }
}
