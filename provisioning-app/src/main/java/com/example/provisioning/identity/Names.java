package com.example.provisioning.identity;

import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import java.util.Optional;
import java.util.regex.Pattern;

/** One form for all the spellings of a name. Empty where no name remains, or where it gets too long to be stored. */
final class Names {

    private static final int MAX_LENGTH = 240;

    /** NFKC and case folding in one; it drops characters that nobody sees, too. */
    private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();

    private static final IDNA IDNA_STRICT = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ
            | IDNA.CHECK_CONTEXTO);

    private static final Pattern WHITESPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@(?<domain>[^@\\s]+?)\\.?");

    private Names() {}

    static Optional<String> normalised(String name) {
        String folded = NFKC_CASEFOLD.normalize(name);
        return storable(WHITESPACE.matcher(folded).replaceAll(" ").strip());
    }

    static Optional<String> domainOf(String email) {
        var matcher = EMAIL.matcher(email);
        return matcher.matches() ? asciiDomain(matcher.group("domain")) : Optional.empty();
    }

    static Optional<String> asciiDomain(String domain) {
        var info = new IDNA.Info();
        var ascii = IDNA_STRICT.nameToASCII(domain, new StringBuilder(), info).toString();
        return info.hasErrors() ? Optional.empty() : storable(ascii);
    }

    private static Optional<String> storable(String name) {
        return Optional.of(name).filter(text -> !text.isEmpty() && text.length() <= MAX_LENGTH);
    }
}
