package com.example.provisioning.member;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.login.Me;
import com.example.provisioning.membership.Role;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class MemberTests {

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    private final String company = newCompany();
    private final Map<String, Object> ada = somebody(Map.of("company", company, "name", "Ada"));
    private final Map<String, Object> ben = somebody(Map.of("company", company, "name", "Ben"));
    private Me owner;
    private Me member;

    @BeforeEach
    void twoColleagues() {
        owner = caller.login(ada);
        member = caller.login(ben);
    }

    @Test
    void areListedPageByPage() {
        caller.as(ben).get().uri(members() + "?limit=1").exchange()
                .expectStatus().isOk()
                .expectBody()
                .jsonPath("$.items.length()").isEqualTo(1)
                .jsonPath("$.next").isNotEmpty();

        caller.as(ben).get().uri(members()).exchange()
                .expectBody()
                .jsonPath("$.items[?(@.name == 'Ada')].role").isEqualTo("OWNER")
                .jsonPath("$.items[?(@.name == 'Ben')].role").isEqualTo("MEMBER")
                .jsonPath("$.next").isEmpty();
    }

    @Test
    void ownerMakesAnotherOwnerAndMayThenLeave() {
        changeRole(ada, member, "OWNER").expectStatus().isNoContent();
        changeRole(ada, member, "OWNER").expectStatus().isNoContent(); // nothing left to do
        assertThat(owners()).isEqualTo(2);

        remove(ada, owner).expectStatus().isNoContent();

        assertThat(owners()).isEqualTo(1);
        assertThat(caller.login(ben).role()).isEqualTo(Role.OWNER);
        assertThat(caller.login(ada).role()).as("who comes back is a colleague").isEqualTo(Role.MEMBER);
    }

    @Test
    void lastOwnerStays() {
        expectLastOwner(remove(ada, owner));
        expectLastOwner(changeRole(ada, owner, "MEMBER"));

        assertThat(caller.login(ada).role()).isEqualTo(Role.OWNER);
    }

    @Test
    void ownerWhoIsRemovedCountsNoMore() {
        changeRole(ada, member, "OWNER").expectStatus().isNoContent();
        remove(ada, member).expectStatus().isNoContent();

        assertThat(owners()).isEqualTo(1);
        expectLastOwner(remove(ada, owner));
    }

    @Test
    void memberLeavesButRemovesNobody() {
        remove(ben, owner).expectStatus().isForbidden();
        changeRole(ben, member, "OWNER").expectStatus().isForbidden();

        remove(ben, member).expectStatus().isNoContent();

        caller.as(ben).get().uri(members()).exchange().expectStatus().isNotFound();
    }

    @Test
    void nobodyElseCanBeRemovedOrPromoted() {
        var stranger = caller.login(somebody(Map.of("company", newCompany())));

        remove(ada, stranger).expectStatus().isNotFound();
        changeRole(ada, stranger, "OWNER").expectStatus().isNotFound();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}", "{'role':null}", "{'role':'KING'}"})
    void unknownRoleIsRefused(String body) {
        caller.as(ada).put().uri(members() + "/{user}/role", member.user().id())
                .contentType(MediaType.APPLICATION_JSON).body(body.replace('\'', '"')).exchange()
                .expectStatus().isBadRequest()
                .expectBody().jsonPath("$.errors[0].field").isEqualTo("role");
    }

    private String members() {
        return "/api/organizations/" + owner.organization().id() + "/members";
    }

    private ResponseSpec changeRole(Map<String, ?> as, Me whose, String role) {
        return caller.as(as).put().uri(members() + "/{user}/role", whose.user().id())
                .body(Map.of("role", role)).exchange();
    }

    private ResponseSpec remove(Map<String, ?> as, Me who) {
        return caller.as(as).delete().uri(members() + "/{user}", who.user().id()).exchange();
    }

    private static void expectLastOwner(ResponseSpec response) {
        response.expectStatus().isEqualTo(409).expectBody().jsonPath("$.type").isEqualTo("/problems/last-owner");
    }

    /** As rows, and as the organization counts them: never two answers. */
    private long owners() {
        return tables.sql("""
                        select owners from organization o where id = :id and owners =
                            (select count(*) from membership where organization_id = o.id and role = 'OWNER')
                        """)
                .param("id", owner.organization().id())
                .query(Long.class)
                .single();
    }
}
