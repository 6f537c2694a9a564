package com.example.provisioning.profile;

import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class ProfileTests {

    @Autowired
    Caller caller;

    private final String number = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Object> ada = somebody(Map.of());
    private final Map<String, Object> ben = somebody(Map.of());

    @BeforeEach
    void twoPeople() {
        caller.login(ada);
        caller.login(ben);
    }

    @Test
    void handleIsNormalisedAndMayBeChosenAgain() {
        changeHandle(ada, "\uff21da-" + number.toUpperCase()).expectStatus().isOk()
                .expectBody().jsonPath("$.handle").isEqualTo("ada-" + number);
        changeHandle(ada, "ada-" + number).expectStatus().isOk();

        caller.as(ada).get().uri("/api/me/profile").exchange()
                .expectBody().jsonPath("$.handle").isEqualTo("ada-" + number);
    }

    @Test
    void handleIsSomebodysAlone() {
        changeHandle(ada, "the-" + number).expectStatus().isOk();

        changeHandle(ben, "THE-" + number).expectStatus().isEqualTo(409)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/handle-taken");

        changeHandle(ada, "not-the-" + number).expectStatus().isOk();
        changeHandle(ben, "the-" + number).expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-ab", "ab-", "a--b", "a b", "\u00e9t\u00e9", "a\u0000b", "\ud800ab"})
    void anythingElseIsNoHandle(String handle) {
        changeHandle(ada, handle).expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[0].field").isEqualTo("handle");
    }

    @Test
    void longHandleIsRefused() {
        changeHandle(ada, "x".repeat(39)).expectStatus().isOk();
        changeHandle(ada, "x".repeat(40)).expectStatus().isBadRequest();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Ada.%s@B\u00fccher.Example",
        "ADA.%s@xn--bcher-kva.example",
        "\uff41da.%s@b\u00fccher.example."
    })
    void addressIsSomebodysAloneHoweverItIsSpelt(String spelling) {
        changeEmail(ada, "ada.%s@b\u00fccher.example".formatted(number)).expectStatus().isOk();

        changeEmail(ben, spelling.formatted(number)).expectStatus().isEqualTo(409)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/email-taken");
        changeEmail(ada, spelling.formatted(number)).expectStatus().isOk()
                .expectBody().jsonPath("$.email").isEqualTo(spelling.formatted(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "@example.com", "ada@", "a@b@c.example", "ada@a..b", "a\u0000@b.example"})
    void anythingElseIsNoAddress(String email) {
        changeEmail(ada, email).expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[0].field").isEqualTo("email");
    }

    /** An address that somebody only says is theirs. */
    @Test
    void addressOpensNoCompanysDoor() {
        var domain = "difference-%s.example".formatted(number);
        var insider = caller.login(
                somebody(Map.of("email", "carla@" + domain, "email_verified", true)));
        var before = caller.login(ada);

        changeEmail(ada, "ada@" + domain).expectStatus().isOk();

        assertThat(caller.login(ada)).isEqualTo(before);
        assertThat(before.organization()).isNotEqualTo(insider.organization());
        caller.as(ada).get().uri("/api/organizations/{id}/members", insider.organization().id()).exchange()
                .expectStatus().isNotFound();
    }

    @Test
    void whoNeverSignedInHasNoProfile() {
        changeHandle(somebody(Map.of()), "nobody-" + number).expectStatus().isNotFound();
        caller.as(somebody(Map.of())).get().uri("/api/me/profile").exchange().expectStatus().isNotFound();
    }

    private ResponseSpec changeHandle(Map<String, ?> person, String handle) {
        return caller.as(person).put().uri("/api/me/handle").body(Map.of("handle", handle)).exchange();
    }

    private ResponseSpec changeEmail(Map<String, ?> person, String email) {
        return caller.as(person).put().uri("/api/me/email").body(Map.of("email", email)).exchange();
    }
}
