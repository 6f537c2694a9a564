package com.example.provisioning.development;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The people one can sign in as while developing. */
public enum DevelopmentPerson {
    ADA("Ada", "ada@analytical-engines.example", true, Map.of("company", "Analytical Engines")),
    BEN("Ben", "ben@analytical-engines.example", true, Map.of("company", "Analytical Engines")),
    /** Her company follows from the domain of her address. */
    CARLA("Carla", "carla@difference-engines.example", true, Map.of()),
    /** Says that she is a colleague of Carla's, but nobody verified it. */
    DORA("Dora", "dora@difference-engines.example", false, Map.of()),
    /** His address says nothing about a company. */
    EMIL("Emil", "emil.example@gmail.com", true, Map.of()),

    /** Of a third company, which her provider names; her mailbox says nothing. */
    FAY("Fay", "fay.example@gmail.com", true, Map.of("company", "Loom Works"));

    private final Map<String, Object> claims;

    DevelopmentPerson(String name, String email, boolean emailVerified, Map<String, Object> company) {
        var all = new HashMap<>(company);
        all.putAll(Map.of("sub", id(), "name", name, "email", email, "email_verified", emailVerified));
        this.claims = Map.copyOf(all);
    }

    static Optional<DevelopmentPerson> named(String id) {
        return Arrays.stream(values()).filter(person -> person.id().equals(id)).findFirst();
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Map<String, Object> claims() {
        return claims;
    }
}
