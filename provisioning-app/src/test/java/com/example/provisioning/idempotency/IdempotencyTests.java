package com.example.provisioning.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.workspace.Colleague;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class IdempotencyTests {

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    private final String key = UUID.randomUUID().toString();
    private Colleague ada;

    @BeforeEach
    void adaIsThere() {
        ada = Colleague.ofNewCompany(caller);
    }

    private ResponseSpec create(Colleague who, String key, String title) {
        return who.post("/documents").header("Idempotency-Key", key)
                .body(Map.of("title", title, "text", "")).exchange();
    }

    private EntityExchangeResult<String> created(String title) {
        return create(ada, key, title).expectStatus().isCreated().expectBody(String.class).returnResult();
    }

    private long rows(String table) {
        return tables.sql("select count(*) from " + table).query(Long.class).single();
    }

    private void letADayGoBy() {
        tables.sql("update idempotency_key set created_at = created_at - interval '24 hours' where key = ?")
                .param(key).update();
    }

    @Test
    void theSameRequestIsExecutedOnceAndAnsweredTwice() {
        long before = rows("document");

        var first = created("Minutes");
        var second = created("Minutes");

        assertThat(second.getResponseBody()).isNotBlank().isEqualTo(first.getResponseBody());
        for (var header : new String[] {"Location", "ETag", "Content-Type"}) {
            assertThat(second.getResponseHeaders().get(header)).as(header)
                    .isEqualTo(Objects.requireNonNull(first.getResponseHeaders().get(header)));
        }
        assertThat(rows("document")).isEqualTo(before + 1);
    }

    @Test
    void anotherRequestUnderTheSameKeyIsRefused() {
        created("Minutes");
        long before = rows("document");

        create(ada, key, "Memo")
                .expectStatus().isEqualTo(422)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/idempotency-key-reused");
        ada.post("/resources").header("Idempotency-Key", key).body(Map.of("name", "Room", "capacity", 1)).exchange()
                .expectStatus().isEqualTo(422);

        assertThat(rows("document")).isEqualTo(before);
    }

    @Test
    void somebodyElsesKeyIsAnotherOne() {
        var mine = created("Minutes").getResponseBody();

        create(ada.colleague(caller), key, "Minutes")
                .expectStatus().isCreated()
                .expectBody(String.class).value(theirs -> assertThat(theirs).isNotEqualTo(mine));
    }

    @Test
    void aRefusalUsesNoKeyUp() {
        create(ada, key, " ").expectStatus().isBadRequest().expectBody().jsonPath("$.errors").isNotEmpty();

        created("Minutes");
    }

    @Test
    void theWorkIsUndoneTogetherWithItsKey() {
        long keys = rows("idempotency_key");
        var room = ada.post("/resources").body(Map.of("name", "Room", "capacity", 1)).exchange()
                .expectBody(Map.class).returnResult().getResponseBody().get("id");

        ada.post("/resources/{id}/bookings", room).header("Idempotency-Key", key).body(Map.of("places", 2)).exchange()
                .expectStatus().isEqualTo(409)
                .expectBody().jsonPath("$.type").isEqualTo("/problems/fully-booked");

        assertThat(rows("idempotency_key")).isEqualTo(keys);
    }

    @Test
    void afterADayAKeyIsNewAgain() {
        var first = created("Minutes");
        letADayGoBy();

        assertThat(created("Memo").getResponseBody()).isNotEqualTo(first.getResponseBody());
    }

    @Test
    void expiredKeysAreDeleted(@Autowired IdempotencyKeys keys) {
        created("Minutes");
        keys.deleteExpired();
        assertThat(created("Minutes")).isNotNull();
        letADayGoBy();

        assertThat(keys.deleteExpired()).isPositive();
        assertThat(tables.sql("select count(*) from idempotency_key where key = ?").param(key)
                        .query(Long.class).single())
                .isZero();
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        for (var malformed : List.of("with space", "x".repeat(256))) {
            create(ada, malformed, "Minutes")
                    .expectStatus().isBadRequest()
                    .expectHeader().exists("X-Request-Id")
                    .expectBody().jsonPath("$.type").isEqualTo("/problems/idempotency-key-malformed");
        }
    }
}
