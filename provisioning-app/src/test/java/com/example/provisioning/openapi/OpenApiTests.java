package com.example.provisioning.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Endpoints;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ApplicationTest
class OpenApiTests {

    JsonNode api;

    @BeforeEach
    void read(@Autowired RestTestClient client, @Autowired JsonMapper json) {
        api = json.readTree(client.get().uri("/api/openapi").exchange()
                .expectStatus().isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }

    @Test
    void describesEveryEndpointAndHowItFails(@Autowired Endpoints endpoints) {
        assertThat(endpoints.forPrograms()).isNotEmpty().allSatisfy(endpoint -> {
            var problem = operation(endpoint).at("/responses/default/content/application~1problem+json/schema/$ref");
            assertThat(problem.asString()).isEqualTo("#/components/schemas/Problem");
        });
    }

    @Test
    void describesNoPage() {
        assertThat(api.get("paths").propertyNames()).allMatch(path -> path.startsWith("/api/"));
    }

    @Test
    void asksForNothingThatFollowsFromTheToken(@Autowired Endpoints endpoints) {
        assertThat(endpoints.forPrograms()).allSatisfy(endpoint -> assertThat(parameters(endpoint))
                .doesNotContain("member", "person"));
        assertThat(api.at("/components/schemas").propertyNames()).doesNotContain("Member", "Person");
    }

    @Test
    void saysHowListsArePaged(@Autowired Endpoints endpoints) {
        assertThat(endpoints.lists()).isNotEmpty().allSatisfy(list -> {
            assertThat(parameters(list)).contains("after", "limit").doesNotContain("page", "size");
            var page = operation(list).at("/responses/200/content").iterator().next().at("/schema/$ref").asString();
            assertThat(api.at(page.substring(1) + "/properties").propertyNames()).containsOnly("items", "next");
        });
        assertThat(api.at("/info/description").asString()).contains("`limit`", "`next`", "`after`");
    }

    @Test
    void saysWhatIsWrongWithWhichField() {
        assertThat(api.at("/components/schemas/Problem/properties/errors/items/properties").propertyNames())
                .containsExactlyInAnyOrder("field", "message");
        assertThat(api.at("/components/schemas/Draft/properties/title/maxLength").asInt()).isEqualTo(255);
    }

    @Test
    void saysThatNobodyVerifiesAnAddress() {
        for (var schema : new String[] {"Profile", "NewEmail"}) {
            assertThat(api.at("/components/schemas/" + schema + "/properties/email/description").asString())
                    .contains("Nobody has verified it");
        }
    }

    private JsonNode operation(Endpoints.Endpoint endpoint) {
        var path = api.get("paths").get(endpoint.path());
        assertThat(path).as(endpoint.path()).isNotNull();
        var operation = path.get(endpoint.method().toLowerCase(Locale.ROOT));
        assertThat(operation).as(endpoint.toString()).isNotNull();
        return operation;
    }

    private List<String> parameters(Endpoints.Endpoint endpoint) {
        return operation(endpoint).path("parameters").valueStream()
                .map(parameter -> parameter.get("name").asString())
                .toList();
    }
}
