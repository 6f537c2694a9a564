package com.example.provisioning.webhook;

import com.example.provisioning.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
class WebhookController {

    private final WebhookSignature signature;
    private final Webhooks webhooks;
    private final JsonMapper json;

    WebhookController(WebhookSignature signature, Webhooks webhooks, JsonMapper json) {
        this.signature = signature;
        this.webhooks = webhooks;
        this.json = json;
    }

    /** The signature is of the bytes as they came: they are looked at before anything is read from them. */
    @PostMapping("/api/webhooks")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void receive(
            @RequestHeader(name = "webhook-id", defaultValue = "") String id,
            @RequestHeader(name = "webhook-timestamp", defaultValue = "") String timestamp,
            @RequestHeader(name = "webhook-signature", defaultValue = "") String signatures,
            @RequestBody(required = false) byte @Nullable [] body) {
        if (!id.matches("[!-~]{1,255}") || body == null || !signature.isValid(id, timestamp, body, signatures)) {
            throw new ProblemException(
                    HttpStatus.UNAUTHORIZED,
                    "signature-not-valid",
                    "webhook-id, webhook-timestamp and webhook-signature do not fit this body and this time.");
        }
        var event = read(body);
        webhooks.receive(id, event.path("type").asString(""), event.path("data"));
    }

    private JsonNode read(byte[] body) {
        try {
            return json.readTree(body);
        } catch (JacksonException malformed) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "malformed-body", "The body is no JSON.", malformed);
        }
    }
}
