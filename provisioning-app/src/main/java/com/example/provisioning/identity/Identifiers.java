package com.example.provisioning.identity;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/**
 * Identifiers that follow from names (UUID version 5), so that two requests which mean the same thing compute the same
 * one and the second INSERT collides. With random identifiers it would succeed, and no lock could repair that.
 */
public final class Identifiers {

    /** Changing this changes every identifier that is computed from now on: don't. */
    private static final NameBasedGenerator GENERATOR =
            Generators.nameBasedGenerator(UUID.fromString("6b0e3c1e-52d1-4d0c-9d0a-6f3f2b1f7c55"));

    private static final TimeBasedEpochRandomGenerator FRESH = Generators.timeBasedEpochRandomGenerator();

    private Identifiers() {}

    public static UUID ofOrganization(String key) {
        return named("organization", key);
    }

    public static UUID ofDefaultWorkspace(UUID organizationId) {
        return named("default workspace", organizationId.toString());
    }

    public static UUID ofUser(String issuer, String subject) {
        return named("user", issuer, subject);
    }

    /** For what may exist twice, because somebody wants it twice. Later ones sort after earlier ones (UUID version 7). */
    public static UUID fresh() {
        return FRESH.generate();
    }

    /** No part holds a line break, because claims with control characters are refused: no two lists join alike. */
    private static UUID named(String... parts) {
        return GENERATOR.generate(String.join("\n", parts));
    }
}
