package com.example.provisioning.directory;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.membership.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class DirectoryTests {

    private static final String ISSUER = "https://issuer.development.example";
    private static final Map<String, Object> DIRECTORY = Map.of("sub", "the-directory", "scope", "provisioning");

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    private final String company = newCompany();
    private final Map<String, Object> ada = somebody(Map.of("company", company));
    private final Map<String, Object> ben = somebody(Map.of("company", company));

    @Test
    void whatIsPutIsWhatTheLoginFinds() {
        var put = putOrganization(company, 7, ada).expectStatus().isOk()
                .expectBody(Provisioned.class).returnResult().getResponseBody();
        var rows = tables.everything();

        var me = caller.login(ada);

        assertThat(put).isEqualTo(new Provisioned(me.organization().id(), me.workspace().id(), me.user().id()));
        assertThat(me.role()).isEqualTo(Role.OWNER);
        assertThat(tables.everything()).as("nothing was left for the login to create").isEqualTo(rows);
    }

    @Test
    void whatTheLoginCreatedIsFoundAndPuttingItAgainChangesNothing() {
        var me = caller.login(ada);
        putOrganization(company, 7, ben).expectStatus().isOk();
        var rows = tables.everything();

        putOrganization(company, 7, ben).expectStatus().isOk();
        putUser(company.toUpperCase(), ben).expectStatus().isOk();

        assertThat(tables.everything()).isEqualTo(rows);
        assertThat(caller.login(ben).organization()).isEqualTo(me.organization());
        assertThat(caller.login(ben).role()).isEqualTo(Role.MEMBER);
        caller.as(ada).get().uri("/api/organizations/{id}/audit", me.organization().id()).exchange()
                .expectBody()
                .jsonPath("$.items.length()").isEqualTo(3)
                .jsonPath("$.items[0].action").isEqualTo("organization.seats-changed")
                .jsonPath("$.items[1].action").isEqualTo("member.provisioned")
                .jsonPath("$.items[1].actor").isEqualTo("the-directory");
    }

    @Test
    void seatsThatAreTakenStay() {
        var me = caller.login(ada);
        tables.sql("update organization set seats_taken = 3 where id = ?").param(me.organization().id()).update();

        putOrganization(company, 2, ada).expectStatus().isEqualTo(409)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/seats-taken");
        putOrganization(company, 3, ada).expectStatus().isOk();
    }

    @Test
    void takesTheScope() {
        var before = tables.everything();

        caller.as(somebody(Map.of("scope", "openid"))).put().uri("/api/provisioning/users")
                .body(Map.of("company", company, "user", Map.of("issuer", ISSUER, "subject", "ada"))).exchange()
                .expectStatus().isForbidden()
                .expectBody().jsonPath("$.type").isEqualTo("/problems/forbidden");

        assertThat(tables.everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'user':{'issuer':'i','subject':'s'}}                    | company",
        "{'company':' ','user':{'issuer':'i','subject':'s'}}      | company",
        "{'company':'c','user':{'issuer':'i'}}                    | user.subject",
        "{'company':'c'}                                          | user",
        "{'company':'c','user':{'issuer':'i','subject':'\\u0000'}} | sub",
        "{'company':'\\u200b','user':{'issuer':'i','subject':'s'}} | company",
    })
    void unusableFieldIsNamed(String body, String field) {
        var before = tables.everything();

        caller.as(DIRECTORY).put().uri("/api/provisioning/users")
                .contentType(MediaType.APPLICATION_JSON).body(body.replace('\'', '"')).exchange()
                .expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[0].field").isEqualTo(field);

        assertThat(tables.everything()).isEqualTo(before);
    }

    private ResponseSpec putOrganization(String company, int seats, Map<String, Object> owner) {
        return caller.as(DIRECTORY).put().uri("/api/provisioning/organizations")
                .body(Map.of("company", company, "seats", seats, "owner", account(owner))).exchange();
    }

    private ResponseSpec putUser(String company, Map<String, Object> user) {
        return caller.as(DIRECTORY).put().uri("/api/provisioning/users")
                .body(Map.of("company", company, "user", account(user))).exchange();
    }

    private static Map<String, Object> account(Map<String, Object> claims) {
        return Map.of("issuer", ISSUER, "subject", claims.get("sub"), "name", claims.get("name"));
    }
}
