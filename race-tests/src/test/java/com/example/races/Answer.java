package com.example.races;

import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;

/**
 * What the application answered; a refusal is an answer, too.
 *
 * @param problem the type of the problem without what all types begin with; empty if there was none
 */
public record Answer(int status, String problem, Map<?, ?> body) {

    private static final String TYPES = "/problems/";

    public static Answer to(RestClient client, HttpMethod method, String path, Map<String, ?> body) {
        return client.method(method).uri(path).body(body).exchange((request, response) -> {
            var json = response.getHeaders().getContentLength() == 0 || response.getStatusCode().value() == 204
                    ? Map.of()
                    : Objects.requireNonNull(response.bodyTo(Map.class));
            var type = Objects.toString(json.get("type"), "");
            return new Answer(
                    response.getStatusCode().value(),
                    type.startsWith(TYPES) ? type.substring(TYPES.length()) : "",
                    json);
        });
    }

    /** Such as "204" or "409 last-owner". */
    @Override
    public String toString() {
        return (status + " " + problem).strip();
    }
}
