package com.example.provisioning.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.workspace.Colleague;
import com.example.provisioning.workspace.project.Project;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class WebhookTests {

    @Autowired
    RestTestClient client;

    @Autowired
    WebhookSignature signature;

    @Autowired
    Tables tables;

    private final String id = "msg_" + UUID.randomUUID();
    private final String now = String.valueOf(Instant.now().getEpochSecond());
    private Colleague ada;
    private UUID project;
    private String event;

    @BeforeEach
    void adaHasAProject(@Autowired Caller caller) {
        ada = Colleague.ofNewCompany(caller);
        project = ada.post("/projects").body(Map.of("name", "Engine")).exchange()
                .expectBody(Project.class).returnResult().getResponseBody().id();
        event = """
                {"type": "asset.rendered", "data": {"projectId": "%s", "name": "wheel", "text": "round"}}
                """.formatted(project);
    }

    private ResponseSpec deliver(String id, String timestamp, String body, String signatures) {
        return client.post().uri("/api/webhooks")
                .contentType(MediaType.APPLICATION_JSON)
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signatures)
                .body(body)
                .exchange();
    }

    private ResponseSpec deliver(String body) {
        return deliver(id, now, body, sign(now, body));
    }

    private String sign(String timestamp, String body) {
        return signature.sign(id, timestamp, body.getBytes(StandardCharsets.UTF_8));
    }

    private int assets() {
        return ada.get("/projects/{id}", project).exchange()
                .expectBody(Project.class).returnResult().getResponseBody().assetCount();
    }

    @Test
    void theSignatureIsTheOneOfTheSpecification() throws Exception {
        var properties = new WebhookProperties("whsec_" + Base64.getEncoder().encodeToString("secret".getBytes()));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(), "HmacSHA256"));

        assertThat(new WebhookSignature(properties).sign("msg_1", "1700000000", "{}".getBytes()))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal("msg_1.1700000000.{}".getBytes())));
    }

    @Test
    void itIsAcknowledgedTwiceAndExecutedOnce() {
        deliver(event).expectStatus().isNoContent();
        deliver(event).expectStatus().isNoContent();

        assertThat(assets()).isEqualTo(1);
        assertThat(tables.sql("select count(*) from audit_entry where organization_id = ? and actor = 'webhook'")
                        .param(ada.me().organization().id()).query(Long.class).single())
                .isEqualTo(1);
    }

    @Test
    void whatNobodyHandlesIsAcknowledged() {
        deliver("{\"type\": \"something.else\", \"data\": {}}").expectStatus().isNoContent();
    }

    @Test
    void whatFailedCanBeDeliveredAgain() {
        deliver("{\"type\": \"asset.rendered\", \"data\": {}}")
                .expectStatus().isBadRequest()
                .expectBody().jsonPath("$.type").isEqualTo("/problems/unusable-event");

        deliver(event).expectStatus().isNoContent();

        assertThat(assets()).isEqualTo(1);
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        deliver(id, now, event, "v1,AAAA v1a,BBBB " + sign(now, event)).expectStatus().isNoContent();
    }

    @ParameterizedTest
    @ValueSource(ints = {-301, 301})
    void whatIsOldOrOfTheFutureIsRefused(int seconds) {
        var then = String.valueOf(Instant.now().getEpochSecond() + (seconds < 0 ? seconds : seconds + 60));

        isRefused(deliver(id, then, event, sign(then, event)));
    }

    @Test
    void whatWasNotSignedLikeThisIsRefused() {
        isRefused(deliver(id, now, event + " ", sign(now, event)));
        isRefused(deliver(id + "x", now, event, sign(now, event)));
        isRefused(deliver(id, String.valueOf(Long.parseLong(now) - 1), event, sign(now, event)));
        isRefused(deliver(id, now, event, "v1,AAAA"));
        isRefused(deliver(id, "now", event, sign("now", event)));
        isRefused(client.post().uri("/api/webhooks").exchange());

        assertThat(assets()).isZero();
    }

    private static void isRefused(ResponseSpec answer) {
        answer.expectStatus().isUnauthorized()
                .expectBody().jsonPath("$.type").isEqualTo("/problems/signature-not-valid");
    }

    @Test
    void withoutASecretNothingIsValid() {
        var none = new WebhookSignature(new WebhookProperties(null));

        assertThat(none.isValid(id, now, event.getBytes(), sign(now, event))).isFalse();
    }

    @Test
    void whatIsNoJsonIsRefused() {
        deliver("{").expectStatus().isBadRequest();
    }

    @Test
    void identifiersAreKeptForSevenDays(@Autowired Webhooks webhooks) {
        deliver(event).expectStatus().isNoContent();
        age("6 days 23 hours");
        webhooks.deleteOld();
        deliver(event).expectStatus().isNoContent();
        assertThat(assets()).isEqualTo(1);
        age("1 hour");

        assertThat(webhooks.deleteOld()).isPositive();
    }

    private void age(String time) {
        tables.sql("update webhook_delivery set received_at = received_at - ?::interval where id = ?")
                .params(time, id).update();
    }
}
