package com.example.provisioning.idempotency;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a request was answered, to be given again. */
record Answer(
        String fingerprint,
        int status,
        @Nullable String contentType,
        @Nullable String location,
        @Nullable String etag,
        byte[] body) {

    static Answer of(String fingerprint, ContentCachingResponseWrapper response) {
        return new Answer(
                fingerprint,
                response.getStatus(),
                response.getContentType(),
                response.getHeader(HttpHeaders.LOCATION),
                response.getHeader(HttpHeaders.ETAG),
                response.getContentAsByteArray());
    }

    /** As it may be stored where this property is a secret. */
    Answer without(String secret, JsonMapper json) {
        var rest = ((ObjectNode) json.readTree(body)).without(secret);
        return new Answer(fingerprint, status, contentType, location, etag, json.writeValueAsBytes(rest));
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        header(response, HttpHeaders.CONTENT_TYPE, contentType);
        header(response, HttpHeaders.LOCATION, location);
        header(response, HttpHeaders.ETAG, etag);
        response.getOutputStream().write(body);
    }

    private static void header(HttpServletResponse response, String name, @Nullable String value) {
        if (value != null) {
            response.setHeader(name, value);
        }
    }
}
