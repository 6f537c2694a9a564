package com.example.provisioning.identity;

import java.util.Optional;

/** An address as it was typed, and the key that all its spellings share. */
public record EmailAddress(String text, String key) {

    private static final int MAX_LENGTH = 255;

    public static Optional<EmailAddress> of(String typed) {
        var text = typed.strip();
        if (text.length() > MAX_LENGTH || text.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Names.domainOf(text)
                .flatMap(domain -> Names.normalised(text.substring(0, text.lastIndexOf('@')))
                        .map(person -> person + "@" + domain))
                .filter(key -> key.length() <= MAX_LENGTH)
                .map(key -> new EmailAddress(text, key));
    }
}
