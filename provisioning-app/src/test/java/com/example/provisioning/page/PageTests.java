package com.example.provisioning.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Endpoints;
import com.example.provisioning.Endpoints.Endpoint;
import com.example.provisioning.workspace.Colleague;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.RequestHeadersSpec;
import tools.jackson.databind.JsonNode;

/** Every list is paged in one and the same way; what is only read is made once. */
@ApplicationTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTests {

    private static final int ITEMS = 3;

    @Autowired
    Caller caller;

    private Colleague ada;
    private String project;
    private String resource;

    @BeforeAll
    void threeOfEverything() {
        ada = Colleague.ofNewCompany(caller);
        project = create("/workspaces/{workspace}/projects", Map.of("name", "Engine"));
        resource = create("/workspaces/{workspace}/resources", Map.of("name", "Room", "capacity", 10));
        for (int i = 1; i < ITEMS; i++) {
            ada.colleague(caller);
            create("/workspaces/{workspace}/projects", Map.of("name", "Engine"));
            create("/workspaces/{workspace}/resources", Map.of("name", "Room", "capacity", 10));
        }
        for (int i = 0; i < ITEMS; i++) {
            create("/organizations/{organization}/invitations", Map.of());
            writeDocument(ada);
            create("/workspaces/{workspace}/projects/{project}/assets", Map.of("name", "Wheel", "text", ""));
            create("/workspaces/{workspace}/resources/{resource}/bookings", Map.of("places", 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/organizations/{organization}/members",
        "/organizations/{organization}/invitations",
        "/workspaces/{workspace}/documents",
        "/workspaces/{workspace}/projects",
        "/workspaces/{workspace}/projects/{project}/assets",
        "/workspaces/{workspace}/resources",
        "/workspaces/{workspace}/resources/{resource}/bookings"
    })
    void showsEachItemOnce(String path) {
        var two = list(path + "?limit=2");
        assertThat(two.get("items").size()).isEqualTo(2);

        var walked = new ArrayList<JsonNode>();
        @Nullable String after = null;
        do {
            var page = list(path + "?limit=1" + (after == null ? "" : "&after=" + after));
            page.get("items").forEach(walked::add);
            after = page.get("next").asString(null);
        } while (after != null && walked.size() <= ITEMS);

        assertThat(walked).hasSize(ITEMS).doesNotHaveDuplicates().startsWith(two.get("items").get(0));
        assertThat(list(path).get("items").valueStream()).containsExactlyElementsOf(walked);
    }

    @Test
    void theNewestOfTheLogComesFirst() {
        var all = list("/organizations/{organization}/audit?limit=100").get("items");
        var walked = new ArrayList<JsonNode>();
        for (var page = list("/organizations/{organization}/audit?limit=4"); ; ) {
            page.get("items").forEach(walked::add);
            if (page.get("next").isNull() || walked.size() > all.size()) {
                break;
            }
            page = list("/organizations/{organization}/audit?limit=4&after=" + page.get("next").asString());
        }

        assertThat(walked).containsExactlyElementsOf(all);
        assertThat(walked).extracting(entry -> entry.get("id").asLong()).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void whatComesAndGoesMeanwhileShiftsNothing() {
        var ben = Colleague.ofNewCompany(caller);
        for (int i = 0; i < ITEMS; i++) {
            writeDocument(ben);
        }
        var first = read(ben.get("/documents?limit=1"));
        ben.delete("/documents/{id}?version=1", first.get("items").get(0).get("id").asString()).exchange()
                .expectStatus().isNoContent();

        var rest = read(ben.get("/documents?after={after}", first.get("next").asString()));
        assertThat(rest.get("items").size()).isEqualTo(ITEMS - 1);
    }

    @Test
    void everyListIsHere(@Autowired Endpoints endpoints) {
        assertThat(endpoints.lists()).extracting(Endpoint::path).hasSize(8);
    }

    private static void writeDocument(Colleague author) {
        author.post("/documents").body(Map.of("title", "Letter", "text", "")).exchange()
                .expectStatus().isCreated();
    }

    private String create(String path, Map<String, ?> body) {
        return ada.client().post().uri(filled(path)).body(body).exchange()
                .expectStatus().isCreated()
                .expectBody(JsonNode.class).returnResult().getResponseBody().get("id").asString();
    }

    private JsonNode list(String path) {
        return read(ada.client().get().uri(filled(path)));
    }

    private static JsonNode read(RequestHeadersSpec<?> request) {
        return request.exchange()
                .expectStatus().isOk()
                .expectBody(JsonNode.class).returnResult().getResponseBody();
    }

    private String filled(String path) {
        return "/api" + path.replace("{organization}", ada.me().organization().id().toString())
                .replace("{workspace}", ada.workspace().toString())
                .replace("{project}", String.valueOf(project))
                .replace("{resource}", String.valueOf(resource));
    }
}
