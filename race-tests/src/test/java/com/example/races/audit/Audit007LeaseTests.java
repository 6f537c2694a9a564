package com.example.races.audit;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.afterWriteOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.Logins.Newcomer;
import com.example.races.RaceDatabase;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Fault;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * TEST-RC-007: a lock with a time-to-live. Two take it at once; its holder comes back after its time is over, when
 * somebody else holds it, or the same person in another window.
 *
 * <p>Anomaly: check-then-act ("is it free?", "is it still mine?"). The gates stand on the writes of the lease, after
 * whatever was asked in the code. The database must show one holder, tokens that only go up, and nothing written by who
 * was away for too long. No lease is locked while another one is waited for, so nothing can deadlock.
 *
 * <p>In the wild: locks in caches that are freed by whoever asks, cron jobs that run twice, and workers that wake up
 * after a long collection of garbage and overwrite what their successors did.
 */
@RaceTest
class Audit007LeaseTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private static final String LEASE = "/leases/import";

    private final Logins logins;
    private final Transactions transactions;
    private Colleague ada;
    private Colleague ben;
    private LeaseRow row;
    /** The lease, as the successor left it. */
    private volatile String left;

    Audit007LeaseTests(@Autowired Logins logins, @Autowired Transactions transactions) {
        this.logins = logins;
        this.transactions = transactions;
    }

    /** Ada's lease has token 1, and its time is over. */
    @BeforeEach
    void adaHeldALease() {
        var company = Logins.newCompany();
        ada = Colleague.signIn(logins, Newcomer.of(company, "Ada"));
        ben = Colleague.signIn(logins, Newcomer.of(company, "Ben"));
        row = new LeaseRow(transactions, ada.workspace());
        take(ada);
        row.letTheTimeRunOut();
    }

    /** Broken: both see that its time is over, and both take it. */
    @Test
    void whoAsksWhetherItIsFreeSharesIt(Race race) {
        var outcome = two(race, () -> row.askAndTake(ada.user()), () -> row.askAndTake(ben.user()));

        assertThat(outcome).on("lease").attempted(2);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactly(1, 1);
    }

    /** Fixed: one statement compares and takes. */
    @Test
    void oneOfTwoTakesItOver(Race race) {
        var outcome = two(race, () -> take(ada), () -> take(ben));

        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("200", "409 lease-taken");
        assertThat(outcome).on("lease").attempted(2).rows(0);
        assertThat(row.token()).isEqualTo(2);
    }

    /** Fixed: the same for a lease that nobody ever held. One row is there afterwards. */
    @Test
    void oneOfTwoTakesANewOne(Race race) {
        var outcome = two(
                race,
                () -> ada.post(Map.of("seconds", 60), "/leases/export").toString(),
                () -> ben.post(Map.of("seconds", 60), "/leases/export").toString());

        assertThat(outcome).on("lease").attempted(2).rows(1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("200", "409 lease-taken");
    }

    /**
     * Broken: "is it still mine?" is asked before the write. Yes; then the time runs out, and the successor's is
     * lost.
     */
    @Test
    void whoAsksFirstOverwritesTheSuccessor(Race race) {
        take(ada);
        var outcome = late(race, ben, () -> transactions.in(() -> {
            boolean mine = row.isHeldBy(ada.user());
            transactions.sql("update lease set checkpoint = 'late' where workspace_id = ?")
                    .param(ada.workspace()).update();
            return mine;
        }));

        assertThat(outcome.racer("late").value()).isEqualTo(true);
        assertThat(row.checkpoint()).isEqualTo("late");
    }

    /** Fixed: the write carries the token, and comes too late. */
    @Test
    void theTokenStopsWhoIsLate(Race race) {
        take(ada);
        var outcome = late(race, ben, () -> write(ada, 2, "late"));

        theSuccessorKeepsIt(outcome);
        assertThat(row.token()).isEqualTo(3);
    }

    /** Broken: released by name alone, it is taken from the one who holds it now. */
    @Test
    void whoReleasesByNameFreesTheSuccessorsLease(Race race) {
        take(ada);
        late(race, ben, () -> transactions
                .sql("update lease set expires_at = clock_timestamp() where workspace_id = ?")
                .param(ada.workspace())
                .update());

        assertThat(take(ada)).isEqualTo("200"); // while Ben works on
    }

    /** Fixed: only its holder releases it. */
    @Test
    void theSuccessorKeepsItWhenTheLateOneReleases(Race race) {
        take(ada);
        var outcome = late(race, ben, () -> release(ada, 2));

        theSuccessorKeepsIt(outcome);
        assertThat(take(ada)).isEqualTo("409 lease-taken");
    }

    /**
     * Broken: one person in two windows. The holder is the same in both, and without the token the first window writes,
     * renews and releases what is the second one's.
     */
    @ParameterizedTest
    @ValueSource(strings = {
        "checkpoint = 'late'",
        "expires_at = clock_timestamp() + interval '1 hour'",
        "expires_at = clock_timestamp()"
    })
    void whoComparesTheHolderAloneTakesTheFirstWindowForTheSecond(String change, Race race) {
        take(ada);
        var outcome = late(race, ada, () -> transactions
                .sql("update lease set " + change + " where workspace_id = ? and holder = ? and expires_at > now()")
                .params(ada.workspace(), ada.user())
                .update());

        assertThat(outcome.racer("late").value()).isEqualTo(1);
        assertThat(row.asText()).as("the successor's lease").isNotEqualTo(left);
    }

    /** Fixed: the token tells the windows apart, and what the first one writes comes too late. */
    @Test
    void theFirstWindowDoesNotOverwriteTheSecond(Race race) {
        var token = takeForTheFirstWindow();

        theSuccessorKeepsIt(late(race, ada, () -> write(ada, token, "late")));
    }

    /** Fixed: the first window renews nothing but its own. */
    @Test
    void theFirstWindowDoesNotRenewTheSecondOnesLease(Race race) {
        var renewal = Map.of("token", takeForTheFirstWindow(), "seconds", 3600);

        theSuccessorKeepsIt(late(race, ada, () -> ada.put(renewal, LEASE).toString()));
    }

    /** Fixed: the first window gives nothing back but its own. */
    @Test
    void theFirstWindowDoesNotReleaseTheSecondOnesLease(Race race) {
        var token = takeForTheFirstWindow();

        theSuccessorKeepsIt(late(race, ada, () -> release(ada, token)));
    }

    /** Broken: a token that starts anew when the lease is given back makes an old one good once more. */
    @Test
    void tokensThatStartAnewLetTheLateOneIn(Race race) {
        take(ada);
        var outcome = late(
                race,
                ben,
                () -> transactions
                        .sql("update lease set checkpoint = 'late' where workspace_id = ? and token = 2")
                        .param(ada.workspace())
                        .update(),
                "update lease set expires_at = now(), token = 1 where workspace_id = ?");

        assertThat(outcome.racer("late").value()).isEqualTo(1);
        assertThat(row.checkpoint()).isEqualTo("late");
    }

    /** Fixed: who dies while taking it has not taken it, and nobody waits for them. */
    @Test
    void whoDiesWhileTakingItLeavesItToTheOther(Race race) {
        var outcome = race.holdAt(afterWriteOn("lease"))
                .acceptSerialised()
                .racer("ada", () -> take(ada))
                .racer("ben", () -> take(ben))
                .fault("ada", Fault.terminateBackend())
                .run();

        assertThat(outcome.racer("ben").value()).isEqualTo("200");
        assertThat(outcome.racer("ada").value().toString()).startsWith("5");
        assertThat(row.isHeldBy(ben.user())).isTrue();
    }

    private static Outcome two(Race race, Callable<?> ada, Callable<?> ben) {
        return race.holdAt(beforeWriteOn("lease")).racer("ada", ada).racer("ben", ben).run();
    }

    private Outcome late(Race race, Colleague successor, Callable<?> action) {
        return late(
                race,
                successor,
                action,
                "update lease set expires_at = now() - interval '1 second' where workspace_id = ?");
    }

    /** Ada is held before what she does; meanwhile her time runs out, and the successor takes the lease and writes. */
    private Outcome late(Race race, Colleague successor, Callable<?> action, String end) {
        var outcome = race.holdAt(beforeWriteOn("lease"))
                .racer("late", action)
                .racer("successor", () -> {
                    RaceDatabase.sql().sql(end).param(ada.workspace()).update();
                    var answers = take(successor) + ", " + write(successor, row.token(), "of the successor");
                    left = row.asText();
                    return answers;
                })
                .release(Schedule.inOrder("successor", "late"))
                .run();
        assertThat(outcome.racer("successor").value()).isEqualTo("200, 204");
        assertThat(left).as("the successor's lease").startsWith("of the successor, token ");
        assertThat(row.holder()).isEqualTo(successor.user());
        return outcome;
    }

    private void theSuccessorKeepsIt(Outcome outcome) {
        assertThat(row.asText()).as("the successor's lease").isEqualTo(left);
        assertThat(outcome.racer("late").value()).isEqualTo("409 lease-lost");
    }

    private long takeForTheFirstWindow() {
        take(ada);
        return row.token();
    }

    private static String take(Colleague who) {
        return who.post(Map.of("seconds", 60), LEASE).toString();
    }

    private static String write(Colleague who, long token, String text) {
        return who.put(Map.of("token", token, "text", text), LEASE + "/checkpoint").toString();
    }

    private static String release(Colleague who, long token) {
        return who.delete(LEASE + "?token=" + token).toString();
    }
}
