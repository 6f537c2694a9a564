package com.example.provisioning.workspace.lease;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.provisioning.ApplicationTest;
import com.example.provisioning.Caller;
import com.example.provisioning.Tables;
import com.example.provisioning.workspace.Colleague;
import dev.raceharness.database.TestDatabase;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

@ApplicationTest
class LeaseTests {

    @Autowired
    Caller caller;

    @Autowired
    Tables tables;

    private Colleague ada;
    private Colleague ben;

    @BeforeEach
    void twoColleagues() {
        ada = Colleague.ofNewCompany(caller);
        ben = ada.colleague(caller);
    }

    private static ResponseSpec take(Colleague who) {
        return who.post("/leases/import").body(Map.of("seconds", 60)).exchange();
    }

    private static Lease taken(Colleague who) {
        return take(who).expectStatus().isOk().expectBody(Lease.class).returnResult().getResponseBody();
    }

    private static ResponseSpec renew(Colleague who, long token) {
        return who.put("/leases/import").body(Map.of("token", token, "seconds", 120)).exchange();
    }

    private static ResponseSpec write(Colleague who, long token, String text) {
        return who.put("/leases/import/checkpoint").body(Map.of("token", token, "text", text)).exchange();
    }

    private static ResponseSpec release(Colleague who, long token) {
        return who.delete("/leases/import?token={token}", token).exchange();
    }

    private Lease stored() {
        return ada.get("/leases/import").exchange().expectBody(Lease.class).returnResult().getResponseBody();
    }

    /** What a crash comes to: nobody gives it back, and the time runs out. */
    private void letTheTimeRunOut() {
        tables.sql("update lease set expires_at = now() - interval '1 second' where workspace_id = ?")
                .param(ada.workspace())
                .update();
    }

    private static void isRefused(ResponseSpec answer, String type) {
        answer.expectStatus().isEqualTo(409).expectBody().jsonPath("$.type").isEqualTo("/problems/" + type);
    }

    /** Somebody else's lease comes to nothing after a second: for so long was the time of the next one to begin too early. */
    @Test
    void whoWaitedForATakerThatCameToNothingHasItsWholeTime(@Autowired TestDatabase database) throws Exception {
        CompletableFuture<ResponseSpec> bens;
        Instant free;
        try (var died = database.dataSource().getConnection()) {
            died.setAutoCommit(false);
            died.createStatement().execute("""
                    insert into lease (workspace_id, name, holder, expires_at) values ('%s', 'import', '%s', now())
                    """.formatted(ada.workspace(), ada.me().user().id()));
            bens = CompletableFuture.supplyAsync(
                    () -> ben.post("/leases/import").body(Map.of("seconds", 1)).exchange());
            tables.awaitOneWhoWaits();
            var clock = died.createStatement().executeQuery("select clock_timestamp() from pg_sleep(1)");
            clock.next();
            free = clock.getTimestamp(1).toInstant();
            died.rollback();
        }

        var lease = bens.get(10, SECONDS).expectStatus().isOk().expectBody(Lease.class).returnResult().getResponseBody();
        assertThat(lease.expiresAt()).isAfterOrEqualTo(free.plusSeconds(1));
    }

    @Test
    void oneHoldsItAndTheOtherIsToldForHowLong() {
        var lease = taken(ada);

        assertThat(lease.token()).isEqualTo(1);
        assertThat(lease.holder()).isEqualTo(ada.me().user().id());
        take(ben)
                .expectStatus().isEqualTo(409)
                .expectHeader().value("Retry-After", wait -> assertThat(Integer.parseInt(wait)).isBetween(1, 60))
                .expectBody()
                .jsonPath("$.type").isEqualTo("/problems/lease-taken")
                .jsonPath("$.holder").isEqualTo(ada.me().user().id().toString());
        isRefused(take(ada), "lease-taken"); // in another window
    }

    @Test
    void whoGivesItBackLetsTheNextOneIn() {
        var first = taken(ada);
        release(ada, first.token()).expectStatus().isNoContent();
        assertThat(stored().held()).isFalse();

        assertThat(taken(ben).token()).isGreaterThan(first.token());
    }

    @Test
    void afterACrashTheNextOneGoesOnWhereItStopped() {
        write(ada, taken(ada).token(), "row 17").expectStatus().isNoContent();
        letTheTimeRunOut();

        var next = taken(ben);

        assertThat(next.checkpoint()).isEqualTo("row 17");
        assertThat(next.token()).isEqualTo(2);
    }

    @Test
    void onlyItsHolderRenewsWritesAndReleases() {
        long token = taken(ada).token();

        isRefused(renew(ben, token), "lease-lost");
        isRefused(write(ben, token, "mine"), "lease-lost");
        isRefused(release(ben, token), "lease-lost");

        assertThat(stored().held()).isTrue();
        var until = stored().expiresAt();
        renew(ada, token).expectStatus().isOk();
        assertThat(stored().expiresAt()).isAfter(until);
    }

    @Test
    void whoWasAwayForTooLongChangesNothing() {
        long late = taken(ada).token();
        letTheTimeRunOut();
        isRefused(renew(ada, late), "lease-lost");
        isRefused(write(ada, late, "late"), "lease-lost");
        write(ben, taken(ben).token(), "row 18").expectStatus().isNoContent();

        isRefused(write(ada, late, "late"), "lease-lost");
        isRefused(release(ada, late), "lease-lost");

        assertThat(stored().checkpoint()).isEqualTo("row 18");
        assertThat(stored().held()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"import, 0", "import, 3601", "Import, 60", "-, 60"})
    void whatMakesNoSenseIsRefused(String name, int seconds) {
        ada.post("/leases/{name}", name).body(Map.of("seconds", seconds)).exchange().expectStatus().isBadRequest();
    }

    @Test
    void strangersFindNothing() {
        taken(ada);
        var stranger = Colleague.ofNewCompany(caller);

        stranger.client().get().uri(Colleague.in(ada.workspace(), "/leases/import")).exchange()
                .expectStatus().isNotFound();
        assertThat(taken(stranger).token()).isEqualTo(1); // another workspace, another lease
    }
}
