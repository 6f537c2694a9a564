package com.example.provisioning.invitation;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.login.Me;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class InvitationTests {

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    private final String company = newCompany();
    private final Map<String, Object> ada = somebody(Map.of("company", company));
    private final Map<String, Object> guest = somebody(Map.of("company", newCompany()));
    private Me owner;

    @BeforeEach
    void anOrganization() {
        owner = caller.login(ada);
    }

    @Test
    void guestJoinsAndTakesASeatThatIsFreeAgainWhenHeLeaves() {
        var me = caller.login(guest);
        var token = invite();

        accept(guest, token).expectStatus().isOk()
                .expectBody().jsonPath("$.organizationId").isEqualTo(owner.organization().id().toString());

        assertThat(seatsTaken()).isEqualTo(1);
        caller.as(guest).get().uri(organization() + "/members").exchange()
                .expectBody().jsonPath("$.items.length()").isEqualTo(2);
        caller.as(guest).delete().uri(organization() + "/members/" + me.user().id()).exchange()
                .expectStatus().isNoContent();
        assertThat(seatsTaken()).isZero();
        expectProblem(accept(guest, token), 410, "invitation-used");
    }

    @Test
    void newcomerSignsInByAccepting() {
        accept(guest, invite()).expectStatus().isOk();

        assertThat(caller.login(guest).organization()).isNotEqualTo(owner.organization());
    }

    @Test
    void acceptingAgainChangesNothing() {
        var token = invite();
        accept(guest, token).expectStatus().isOk();

        accept(guest, token).expectStatus().isOk();

        assertThat(seatsTaken()).isEqualTo(1);
    }

    @Test
    void tokenIsGoodOnce() {
        var token = invite();
        accept(guest, token).expectStatus().isOk();

        expectProblem(accept(somebody(Map.of()), token), 410, "invitation-used");
    }

    @Test
    void colleagueNeedsNoneAndLeavesItToSomebodyElse() {
        var token = invite();

        expectProblem(accept(ada, token), 409, "already-a-member");

        assertThat(seatsTaken()).isZero();
        accept(guest, token).expectStatus().isOk();
    }

    @Test
    void lastSeatIsTheLast() {
        tables.sql("update organization set seats = 1 where id = ?").param(owner.organization().id()).update();
        accept(guest, invite()).expectStatus().isOk();
        var token = invite();

        expectProblem(accept(somebody(Map.of()), token), 409, "no-seat-left");

        assertThat(caller.login(somebody(Map.of("company", company))).organization())
                .as("a colleague takes no seat")
                .isEqualTo(owner.organization());
        assertThatThrownBy(() -> tables.sql("update organization set seats_taken = 2 where id = ?")
                        .param(owner.organization().id()).update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("organization_seats_suffice");
    }

    @Test
    void expiredOneIsGone() {
        var token = invite();
        tables.sql("""
                update invitation set created_at = now() - interval '8 days', expires_at = now() - interval '1 day'
                 where organization_id = ?
                """).param(owner.organization().id()).update();

        expectProblem(accept(guest, token), 410, "invitation-expired");
    }

    @Test
    void withdrawnOneWasNeverThere() {
        var invitation = caller.as(ada).post().uri(organization() + "/invitations").exchange()
                .expectBody(Map.class).returnResult().getResponseBody();

        caller.as(ada).delete().uri(organization() + "/invitations/" + invitation.get("id")).exchange()
                .expectStatus().isNoContent();

        accept(guest, invitation.get("token").toString()).expectStatus().isNotFound();
    }

    @Test
    void listSaysWhichWereAcceptedAndNeverTheToken() {
        accept(guest, invite()).expectStatus().isOk();
        var open = invite();

        caller.as(ada).get().uri(organization() + "/invitations").exchange()
                .expectBody()
                .jsonPath("$.items[*].accepted").isEqualTo(List.of(false, true))
                .jsonPath("$.items[0].token").doesNotExist();
        assertThat(tables.sql("select t::text from invitation t").query(String.class).list())
                .noneMatch(row -> row.contains(open));
    }

    @Test
    void whoInvitesAgainUnderOneKeyGetsTheSameInvitationButNotItsToken() {
        var first = inviteUnderOneKey();
        var token = first.remove("token").toString();

        assertThat(inviteUnderOneKey()).isEqualTo(first).doesNotContainKey("token");

        accept(guest, token).expectStatus().isOk();
        caller.as(ada).get().uri(organization() + "/invitations").exchange()
                .expectBody().jsonPath("$.items.length()").isEqualTo(1);
        assertThat(tables.sql("select convert_from(body, 'UTF8') from idempotency_key where body is not null")
                        .query(String.class).list())
                .noneMatch(answer -> answer.contains(token));
    }

    @Test
    void onlyOwnersInvite() {
        var ben = somebody(Map.of("company", company));
        caller.login(ben);

        caller.as(ben).post().uri(organization() + "/invitations").exchange().expectStatus().isForbidden();
        caller.as(ben).get().uri(organization() + "/invitations").exchange().expectStatus().isForbidden();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> inviteUnderOneKey() {
        return caller.as(ada).post().uri(organization() + "/invitations")
                .header("Idempotency-Key", "invite-" + owner.organization().id()).exchange()
                .expectStatus().isCreated()
                .expectBody(Map.class).returnResult().getResponseBody();
    }

    private String organization() {
        return "/api/organizations/" + owner.organization().id();
    }

    private String invite() {
        return caller.as(ada).post().uri(organization() + "/invitations").exchange()
                .expectStatus().isCreated()
                .expectBody(Map.class).returnResult().getResponseBody().get("token").toString();
    }

    private ResponseSpec accept(Map<String, ?> person, String token) {
        return caller.as(person).post().uri("/api/invitations/accept").body(Map.of("token", token)).exchange();
    }

    private static void expectProblem(ResponseSpec response, int status, String type) {
        response.expectStatus().isEqualTo(status).expectBody().jsonPath("$.type").isEqualTo("/problems/" + type);
    }

    private int seatsTaken() {
        return tables.sql("select seats_taken from organization where id = ?")
                .param(owner.organization().id()).query(Integer.class).single();
    }
}
