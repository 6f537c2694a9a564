package com.example.races;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;

/**
 * What the application answered; a refusal is an answer, too.
 *
 * @param body null if there is none
 */
public record Answer(int status, @Nullable JsonNode body) {

    private static final String TYPES = "/problems/";

    /** @param body null if there is none */
    public static Answer to(
            RestClient client, HttpMethod method, @Nullable Object body, String path, Object... variables) {
        var request = client.method(method).uri(path, variables);
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(body);
        }
        var answer = request.retrieve().onStatus(status -> true, (asked, given) -> {}).toEntity(JsonNode.class);
        return new Answer(answer.getStatusCode().value(), answer.getBody());
    }

    /** Of the whole problem or thing: {@code "current.version"}, for instance, is at {@code /current/version}. */
    public String at(String pointer) {
        return body == null ? "" : body.at(pointer).asString("");
    }

    /** @throws IllegalStateException if it has none, for instance because it is a refusal */
    public UUID id() {
        var id = at("/id");
        if (id.isEmpty()) {
            throw new IllegalStateException("There is no identifier in the answer \"%s\": %s".formatted(this, body));
        }
        return UUID.fromString(id);
    }

    /**
     * For what a race needs before it begins: two who are refused for another reason would look like a race that holds.
     *
     * @param answer such as "201"
     * @throws IllegalStateException if it is another one
     */
    public Answer mustBe(String answer) {
        if (!toString().equals(answer)) {
            throw new IllegalStateException("The set-up was answered \"%s\", not \"%s\": %s".formatted(this, answer, body));
        }
        return this;
    }

    /** Such as "204" or "409 last-owner". */
    @Override
    public String toString() {
        var type = at("/type");
        return (status + " " + (type.startsWith(TYPES) ? type.substring(TYPES.length()) : "")).strip();
    }
}
