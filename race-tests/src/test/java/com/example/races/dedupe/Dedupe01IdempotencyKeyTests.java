package com.example.races.dedupe;

import static com.example.races.Endings.endingsOf;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterInsertOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Fault;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two identical POSTs at once, under one Idempotency-Key: the first one's answer got lost, and the client sends again.
 *
 * <p>Anomaly: check-then-act ("have I seen this key?", "has it expired?"). The gate stands on the INSERT of the key, after
 * the question. The database must show the work done once; both get the same answer.
 *
 * <p>In the wild: keys in a cache that are looked up before the work and stored after it, which helps against
 * everything but the double click; and keys stored before the work, after whose crash nobody can ever do it.
 */
@RaceTest
class Dedupe01IdempotencyKeyTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Logins logins;
    private final Transactions transactions;
    private final String key = UUID.randomUUID().toString();
    private Colleague ada;
    private KeyedRequest request;

    Dedupe01IdempotencyKeyTests(@Autowired Logins logins, @Autowired Transactions transactions) {
        this.logins = logins;
        this.transactions = transactions;
    }

    @BeforeEach
    void adaIsThere() {
        ada = Colleague.ofNewCompany(logins);
        request = new KeyedRequest(ada, key);
    }

    /** Broken: looked up before the work, remembered after it. Both do it. */
    @Test
    void whoRemembersTheKeyAfterTheWorkDoesItTwice(Race race) {
        var outcome = race.holdAt(beforeInsertOn("document"))
                .racer("first", this::lookDoAndRemember)
                .racer("second", this::lookDoAndRemember)
                .run();

        assertThat(outcome).on("document").attempted(2).rows(2);
        assertThat(outcome).everyRacerSucceeded();
    }

    /** Broken: remembered before the work, in a transaction of its own. It dies, and nobody can do it any more. */
    @Test
    void whoRemembersTheKeyBeforeTheWorkMayNeverDoIt(Race race) {
        var outcome = race.holdAt(beforeInsertOn("document"))
                .racer("first", this::rememberAndDo)
                .racer("else", () -> ada.post(KeyedRequest.document("Memo"), "/documents").toString())
                .fault("first", Fault.terminateBackend())
                .run();

        assertThat(outcome.racer("first").succeeded()).isFalse();
        assertThat(rememberAndDo()).isEqualTo("in progress"); // for ever
        assertThat(outcome).on("document").rows(1); // the other one
    }

    /** Broken: it has expired, both see that, and both begin anew. So both do the work. */
    @Test
    void whoLooksWhetherTheKeyHasExpiredDoesItTwice(Race race) {
        request.expire();

        var outcome = race.holdAt(beforeUpdateOn("idempotency_key"))
                .watch("document")
                .racer("first", this::lookRenewAndDo)
                .racer("second", this::lookRenewAndDo)
                .run();

        assertThat(outcome).on("idempotency_key").attempted(2).on("document").attempted(2).rows(2);
        assertThat(outcome).everyRacerReturnedTheSame();
    }

    /**
     * Fixed: the key is claimed in the transaction that does the work. The second waits for it, and answers the same.
     */
    @Test
    void twoIdenticalRequestsAreExecutedOnceAndAnsweredAlike(Race race) {
        var outcome = race.holdAt(beforeInsertOn("idempotency_key"))
                .watch("document")
                .racer("first", () -> request.create("Minutes"))
                .racer("second", () -> request.create("Minutes"))
                .run();

        assertThat(outcome).on("idempotency_key").attempted(2).rows(1).on("document").attempted(1).rows(1);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(outcome.racer("second").value()).hasToString("201");
    }

    /** Fixed: an expired key is claimed by one of them, for the statement compares its age once more after the wait. */
    @Test
    void anExpiredKeyIsClaimedOnce(Race race) {
        request.expire();

        var outcome = race.holdAt(beforeInsertOn("idempotency_key"))
                .watch("document")
                .racer("first", () -> request.create("Minutes"))
                .racer("second", () -> request.create("Minutes"))
                .run();

        assertThat(outcome).on("document").attempted(1).rows(1).on("idempotency_key").rows(0);
        assertThat(outcome).everyRacerReturnedTheSame();
        assertThat(outcome.racer("second").value()).hasToString("201");
    }

    /** Fixed: another body under the same key is refused, even at the same time. */
    @Test
    void twoDifferentRequestsUnderOneKeyAreNotMixedUp(Race race) {
        var outcome = race.holdAt(beforeInsertOn("idempotency_key"))
                .watch("document")
                .racer("first", () -> request.create("Minutes").toString())
                .racer("second", () -> request.create("Memo").toString())
                .run();

        assertThat(outcome).on("document").attempted(1).rows(1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("201", "422 idempotency-key-reused");
    }

    /** Fixed: if the first one dies at work, its key dies with it, and the second one does it. */
    @Test
    void ifTheFirstOneDiesTheSecondDoesTheWork(Race race) {
        var outcome = race.holdAt(afterInsertOn("document"))
                .acceptSerialised()
                .watch("idempotency_key")
                .racer("first", () -> request.create("Minutes").status())
                .racer("second", () -> request.create("Minutes").status())
                .fault("first", Fault.terminateBackend())
                .run();

        assertThat(outcome.racer("first").value()).isNotEqualTo(201);
        assertThat(outcome.racer("second").value()).isEqualTo(201);
        assertThat(outcome).on("document").rows(1).on("idempotency_key").rows(1);
    }

    /** Fixed: once in every interleaving. */
    @Test
    void twoIdenticalRequestsInEveryInterleaving(Race race) {
        var exploration = race.racer("first", (Run run) -> new KeyedRequest(ada, run.token()).create("Minutes").toString())
                .racer("second", (Run run) -> new KeyedRequest(ada, run.token()).create("Minutes").toString())
                .forbid("not one document", outcome -> outcome.rows().get("document") != 1)
                .holdAt(beforeInsertOn("idempotency_key"), beforeInsertOn("document"))
                .explore()
                .assertSerializable();

        endingsOf(exploration).areExactly("first 201; second 201");
    }

    private String lookDoAndRemember() {
        boolean seen = transactions.sql("select exists (select from idempotency_key where key = ?)")
                .param(key).query(Boolean.class).single();
        if (seen) {
            return "in progress";
        }
        insertDocument();
        remember();
        return "201";
    }

    private String lookRenewAndDo() {
        return transactions.in(() -> {
            boolean expired = transactions
                    .sql("select created_at <= now() - interval '24 hours' from idempotency_key where key = ?")
                    .param(key)
                    .query(Boolean.class)
                    .single();
            if (!expired) {
                return "in progress";
            }
            transactions.sql("update idempotency_key set created_at = now() where key = ?").param(key).update();
            insertDocument();
            return "201";
        });
    }

    private String rememberAndDo() {
        if (remember() == 0) {
            return "in progress";
        }
        insertDocument();
        return "201";
    }

    private int remember() {
        return transactions.sql("""
                        insert into idempotency_key (caller, key, fingerprint) values (?, ?, repeat('0', 64))
                        on conflict do nothing
                        """).params(ada.user().toString(), key).update();
    }

    private void insertDocument() {
        transactions.sql("insert into document (id, workspace_id, title, text) values (?, ?, 'Minutes', '')")
                .params(UUID.randomUUID(), ada.workspace())
                .update();
    }
}
