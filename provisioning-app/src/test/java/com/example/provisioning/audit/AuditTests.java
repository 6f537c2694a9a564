package com.example.provisioning.audit;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.login.Me;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;

@ApplicationTest
class AuditTests {

    @Autowired
    Caller caller;

    private final String company = newCompany();
    private final Map<String, Object> ada = somebody(Map.of("company", company));
    private final Map<String, Object> ben = somebody(Map.of("company", company));
    private Me owner;
    private Me member;

    @BeforeEach
    void twoColleagues() {
        owner = caller.login(ada);
        member = caller.login(ben);
    }

    @Test
    void saysWhoDidWhatToWhatAndBeginsWithTheNewest() {
        changeRole("OWNER");
        changeRole("OWNER"); // changes nothing
        changeRole("MEMBER");
        caller.as(ada).delete().uri("/api/organizations/{id}/members/{owner}", ids()[0], owner.user().id()).exchange()
                .expectStatus().isEqualTo(409); // and therefore leaves no entry
        caller.as(ada).delete().uri("/api/organizations/{id}/members/{user}", ids()).exchange();

        caller.as(ada).get().uri("/api/organizations/{id}/audit?limit=2", ids()[0]).exchange()
                .expectStatus().isOk()
                .expectBody()
                .jsonPath("$.items.length()").isEqualTo(2)
                .jsonPath("$.items[0].actor").isEqualTo(owner.user().id().toString())
                .jsonPath("$.items[0].action").isEqualTo("member.removed")
                .jsonPath("$.items[0].target").isEqualTo(member.user().id().toString())
                .jsonPath("$.items[1].action").isEqualTo("member.role-changed");
    }

    @Test
    void isForOwners() {
        caller.as(ben).get().uri("/api/organizations/{id}/audit", ids()[0]).exchange().expectStatus().isForbidden();
    }

    @Test
    void isWrittenWithWhatItTellsOrNotAtAll(@Autowired AuditLog log) {
        assertThatThrownBy(() -> log.write(UUID.randomUUID(), "nobody", "member.removed", "somebody"))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    private void changeRole(String role) {
        caller.as(ada).put().uri("/api/organizations/{id}/members/{user}/role", ids()).body(Map.of("role", role))
                .exchange().expectStatus().isNoContent();
    }

    private Object[] ids() {
        return new Object[] {owner.organization().id(), member.user().id()};
    }
}
