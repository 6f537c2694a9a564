package com.example.provisioning.webhook;

import tools.jackson.databind.JsonNode;

/** What a feature does about events of one type. */
public interface WebhookHandler {

    String type();

    /** Runs in the transaction that remembers the delivery, once. If it fails, the sender delivers again. */
    void handle(JsonNode data);
}
