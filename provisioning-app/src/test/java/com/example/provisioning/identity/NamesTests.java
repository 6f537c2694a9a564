package com.example.provisioning.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTests {

    @ParameterizedTest
    @ValueSource(strings = {
        "acm\u00e9 inc",
        "ACM\u00c9 INC", // upper case
        " acm\u00e9 \u00a0\u3000 inc  ", // all kinds of space
        "acme\u0301 inc", // decomposed
        "\uff21\uff23\uff2d\u00c9\u3000\uff29\uff2e\uff23", // full width
        "acm\u00e9\u200b inc", // a space that nobody sees
    })
    void spellingsOfOneNameAreNormalisedAlike(String spelling) {
        assertThat(Names.normalised(spelling)).hasValue("acm\u00e9 inc");
    }

    @Test
    void caseIsFoldedNotLowered() {
        assertThat(Names.normalised("STRASSE")).isEqualTo(Names.normalised("Stra\u00dfe"));
        assertThat(Names.normalised("\u03a3\u039f\u03a6\u039f\u03a3"))
                .isEqualTo(Names.normalised("\u03c3\u03bf\u03c6\u03bf\u03c2"));
    }

    @Test
    void differentNamesStayDifferent() {
        assertThat(Names.normalised("Acme")).isNotEqualTo(Names.normalised("Acm\u00e9"));
        assertThat(Names.normalised("Acme Inc")).isNotEqualTo(Names.normalised("AcmeInc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \u3000", "\u200b\u2060\ufeff"})
    void nothingIsNoName(String name) {
        assertThat(Names.normalised(name)).isEmpty();
    }

    @Test
    void nameThatGetsTooLongIsNoName() {
        assertThat(Names.normalised("\ufdfa".repeat(20))).isEmpty(); // 18 characters each
    }

    @ParameterizedTest
    @CsvSource({
        "ada@Analytical-Engines.example, analytical-engines.example",
        "ada@analytical-engines.example., analytical-engines.example",
        "ada@B\u00fccher.example, xn--bcher-kva.example",
        "ada@xn--bcher-kva.example, xn--bcher-kva.example",
        "ada@\uff47\uff4d\uff41\uff49\uff4c.com, gmail.com",
    })
    void domainIsAscii(String email, String domain) {
        assertThat(Names.domainOf(email)).hasValue(domain);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ada", "@b.example", "ada@", "ada@.", "ada@a..example", "ada@-b.example", "ada@b_c.example",
        "ada@b@c.example", "a da@b.example", "ada@[127.0.0.1]"
    })
    void anythingElseHasNoDomain(String email) {
        assertThat(Names.domainOf(email)).isEmpty();
    }
}
