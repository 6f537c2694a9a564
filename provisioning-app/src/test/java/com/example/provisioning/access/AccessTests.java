package com.example.provisioning.access;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.identity.OrganizationName;
import com.example.provisioning.identity.Person;
import com.example.provisioning.membership.Role;
import com.example.provisioning.problem.ProblemException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
class AccessTests {

    @Autowired
    Caller caller;

    private final String company = newCompany();
    private final Map<String, Object> ada = somebody(Map.of("company", company));

    @Test
    void membersComeIn() {
        var me = caller.login(ada);

        caller.as(ada).get().uri("/api/organizations/{id}/members", me.organization().id()).exchange()
                .expectStatus().isOk();
    }

    @Test
    void strangersAndWrongIdentifiersGetTheSameAnswer() {
        var me = caller.login(ada);
        var stranger = somebody(Map.of("company", newCompany()));
        caller.login(stranger);

        var asStranger = problemOf(stranger, me.organization().id().toString());

        assertThat(problemOf(stranger, UUID.randomUUID().toString())).isEqualTo(asStranger);
        assertThat(problemOf(stranger, "not-an-identifier")).isEqualTo(asStranger);
        assertThat(problemOf(somebody(Map.of("company", company)), me.organization().id().toString()))
                .as("a colleague who has never signed in")
                .isEqualTo(asStranger);
    }

    @Test
    void workspaceIsOpenToTheMembersOfItsOrganization(@Autowired MemberQuery members) {
        var me = caller.login(ada);
        var person = new Person("https://issuer.development.example", (String) ada.get("sub"), null, "Ada",
                new OrganizationName("company:whatever", "Whatever"));

        assertThat(members.inWorkspace(me.workspace().id(), person))
                .contains(new Member(me.user().id(), me.organization().id(), me.workspace().id(), Role.OWNER));
        assertThat(members.inWorkspace(me.organization().id(), person)).isEmpty();
    }

    @Test
    void memberIsNoOwner() {
        var member = new Member(UUID.randomUUID(), UUID.randomUUID(), null, Role.MEMBER);

        assertThatThrownBy(() -> member.mustBe(Role.OWNER))
                .isInstanceOfSatisfying(ProblemException.class,
                        refusal -> assertThat(refusal.getStatusCode().value()).isEqualTo(403));
    }

    private Map<?, ?> problemOf(Map<String, Object> person, String organization) {
        var problem = caller.as(person).get().uri("/api/organizations/{id}/members", organization).exchange()
                .expectStatus().isNotFound()
                .expectBody(Map.class)
                .returnResult().getResponseBody();
        problem.remove("instance"); // the path that was asked for
        return problem;
    }
}
