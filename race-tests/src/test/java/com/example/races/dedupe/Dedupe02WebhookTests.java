package com.example.races.dedupe;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.webhook.WebhookSignature;
import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Fault;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.junit.RaceExtension;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * A webhook is delivered twice at once: the sender did not wait long enough for the first answer.
 *
 * <p>Anomaly: check-then-act ("have I executed this one?"). The gate stands on the INSERT of the delivery's identifier,
 * after the question. The database must show the event executed once; both deliveries are acknowledged, or the sender would
 * never stop.
 *
 * <p>In the wild: payments booked twice by shops that look for the event first and remember it last.
 */
@RaceTest
class Dedupe02WebhookTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Transactions transactions;
    private final WebhookSignature signature;
    private final RestClient http;
    private final Colleague ada;
    private final String id = "msg_" + UUID.randomUUID();
    private UUID project;

    Dedupe02WebhookTests(
            @Autowired Logins logins,
            @Autowired Transactions transactions,
            @Autowired WebhookSignature signature) {
        this.transactions = transactions;
        this.signature = signature;
        this.http = RestClient.create(logins.instance());
        this.ada = Colleague.ofNewCompany(logins);
    }

    @BeforeEach
    void aProject() {
        project = ada.post(Map.of("name", "Engine"), "/projects").id();
    }

    /** Broken: looked for first, remembered last. Both look, and both execute it. */
    @Test
    void whoRemembersItLastExecutesItTwice(Race race) {
        var outcome = race.holdAt(beforeInsertOn("asset"))
                .racer("first", this::lookExecuteAndRemember)
                .racer("second", this::lookExecuteAndRemember)
                .run();

        assertThat(outcome).on("asset").attempted(2).rows(2);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsOnly(true);
    }

    /** Fixed: remembered in the transaction that executes it. Both are acknowledged, and it is executed once. */
    @Test
    void itIsAcknowledgedTwiceAndExecutedOnce(Race race) {
        var outcome = race.holdAt(beforeInsertOn("webhook_delivery"))
                .watch("asset", "audit_entry")
                .racer("first", this::deliver)
                .racer("second", this::deliver)
                .run();

        assertThat(outcome).on("webhook_delivery").attempted(2).rows(1).on("asset").attempted(1).rows(1);
        assertThat(outcome).on("audit_entry").rows(1);
        acknowledged(outcome, "first");
        acknowledged(outcome, "second");
        assertThat(ada.get("/projects/{id}", project).at("/assetCount")).isEqualTo("1");
    }

    /** Fixed: if the first one dies at work, nothing is remembered, and the second one executes it. */
    @Test
    void ifTheFirstOneDiesTheSecondExecutesIt(Race race) {
        var outcome = race.holdAt(afterInsertOn("asset"))
                .acceptSerialised()
                .watch("webhook_delivery")
                .racer("first", this::deliver)
                .racer("second", this::deliver)
                .fault("first", Fault.terminateBackend())
                .run();

        assertThat(outcome.racer("first").value()).isEqualTo(503);
        acknowledged(outcome, "second");
        assertThat(outcome).on("asset").rows(1).on("webhook_delivery").rows(1);
    }

    private static void acknowledged(Outcome outcome, String racer) {
        assertThat(outcome.racer(racer).value()).isEqualTo(204);
    }

    private int deliver() {
        var event = """
                {"type": "asset.rendered", "data": {"projectId": "%s", "name": "wheel", "text": ""}}
                """.formatted(project);
        var now = String.valueOf(Instant.now().getEpochSecond());
        return http.post()
                .uri("/api/webhooks")
                .contentType(MediaType.APPLICATION_JSON)
                .header("webhook-id", id)
                .header("webhook-timestamp", now)
                .header("webhook-signature", signature.sign(id, now, event.getBytes(StandardCharsets.UTF_8)))
                .body(event)
                .retrieve()
                .onStatus(status -> true, (asked, given) -> {})
                .toBodilessEntity()
                .getStatusCode()
                .value();
    }

    private boolean lookExecuteAndRemember() {
        return transactions.in(() -> {
            boolean executed = transactions.sql("select exists (select from webhook_delivery where id = ?)")
                    .param(id).query(Boolean.class).single();
            if (!executed) {
                transactions.sql("insert into asset (id, project_id, name, text) values (?, ?, 'wheel', '')")
                        .params(UUID.randomUUID(), project).update();
                transactions.sql("insert into webhook_delivery (id) values (?) on conflict do nothing")
                        .param(id).update();
            }
            return !executed;
        });
    }
}
