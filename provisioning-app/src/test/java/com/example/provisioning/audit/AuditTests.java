package com.example.provisioning.audit;

import static com.example.provisioning.Caller.newCompany;
import static com.example.provisioning.Caller.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.login.Me;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.transaction.IllegalTransactionStateException;
import tools.jackson.databind.JsonNode;

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
    void tellsWhoWasNewHereAndNothingOfWhoReturns() {
        var before = actions();
        caller.login(ben);

        assertThat(before).containsExactly("member.provisioned", "member.provisioned");
        assertThat(actions()).isEqualTo(before);
        assertThat(entries("actor")).isEqualTo(entries("target")).containsExactly(
                member.user().id().toString(), owner.user().id().toString());
    }

    @Test
    void tellsEverythingThatSomebodyChangesInAWorkspace() {
        var document = create("/documents", Map.of("title", "Letter", "text", ""));
        change(PUT, "/documents/" + document, Map.of("title", "Letter", "text", "Dear", "version", 1));
        change(DELETE, "/documents/" + document + "?version=2", Map.of());
        var room = create("/resources", Map.of("name", "Room", "capacity", 2));
        var booking = create("/resources/" + room + "/bookings", Map.of("places", 1));
        change(DELETE, "/resources/" + room + "/bookings/" + booking, Map.of());
        change(POST, "/leases/printer", Map.of("seconds", 60));
        change(PUT, "/leases/printer", Map.of("seconds", 60, "token", 1));
        change(PUT, "/leases/printer/checkpoint", Map.of("text", "page 1", "token", 1));
        change(DELETE, "/leases/printer?token=1", Map.of());
        var project = create("/projects", Map.of("name", "Engine"));
        var asset = create("/projects/" + project + "/assets", Map.of("name", "Wheel", "text", ""));
        change(POST, "/projects/" + project + "/assets/regenerate", Map.of());
        var job = create("/projects/" + project + "/jobs", Map.of("kind", "SUMMARY"));
        create("/projects/" + project + "/jobs", Map.of("kind", "SUMMARY")); // is the one above
        var newer = create("/projects/" + project + "/jobs", Map.of("kind", "SUMMARY", "anew", true));

        assertThat(fromTheOldest(actions())).containsExactly(
                "member.provisioned", "member.provisioned",
                "document.created", "document.saved", "document.deleted",
                "resource.created", "booking.made", "booking.cancelled",
                "lease.taken", "lease.renewed", "lease.written", "lease.released",
                "project.created", "asset.added", "asset.regenerated",
                "job.started", "job.superseded", "job.started");
        assertThat(fromTheOldest(entries("target")).subList(2, 18)).containsExactly(
                document, document, document, room, booking, booking, "printer", "printer", "printer", "printer",
                project, asset, asset, job, job, newer);
        assertThat(entries("actor").subList(0, 16)).containsOnly(member.user().id().toString());
    }

    @Test
    void whatIsRefusedLeavesNoEntry() {
        var room = create("/resources", Map.of("name", "Room", "capacity", 1));
        create("/documents", Map.of("title", "Letter", "text", ""));
        var before = actions();

        for (var path : List.of("/resources/" + room + "/bookings", "/documents", "/leases/NO", "/projects")) {
            call(POST, path, Map.of("places", 2)).expectStatus().is4xxClientError();
        }

        assertThat(actions()).isEqualTo(before);
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

    private String create(String path, Map<String, ?> body) {
        return call(POST, path, body).expectStatus().is2xxSuccessful()
                .expectBody(JsonNode.class).returnResult().getResponseBody().get("id").asString();
    }

    private void change(HttpMethod method, String path, Map<String, ?> body) {
        call(method, path, body).expectStatus().is2xxSuccessful();
    }

    private ResponseSpec call(HttpMethod method, String path, Map<String, ?> body) {
        return caller.as(ben).method(method).uri("/api/workspaces/" + member.workspace().id() + path)
                .body(body).exchange();
    }

    private List<String> actions() {
        return entries("action");
    }

    /** The newest first. */
    private List<String> entries(String field) {
        return caller.as(ada).get().uri("/api/organizations/{id}/audit", ids()[0]).exchange()
                .expectBody(JsonNode.class).returnResult().getResponseBody()
                .get("items").valueStream().map(entry -> entry.get(field).asString()).toList();
    }

    private static List<String> fromTheOldest(List<String> entries) {
        var reversed = new ArrayList<>(entries);
        Collections.reverse(reversed);
        return reversed;
    }

    private Object[] ids() {
        return new Object[] {owner.organization().id(), member.user().id()};
    }
}
