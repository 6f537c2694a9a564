package com.example.provisioning.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/** A short name that people choose: ASCII letters, digits and hyphens, in lower case whatever was typed. */
public record Handle(String text) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9](-?[a-z0-9]){1,38}");

    public static Optional<Handle> of(String typed) {
        return Names.normalised(typed).filter(FORM.asMatchPredicate()).map(Handle::new);
    }
}
