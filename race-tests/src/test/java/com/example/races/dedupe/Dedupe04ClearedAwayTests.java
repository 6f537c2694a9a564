package com.example.races.dedupe;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeDeleteOn;
import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Answer;
import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Idempotency keys that have expired are cleared away, while a client uses one of them anew.
 *
 * <p>Anomaly: check-then-act ("has it expired?"), of the clean-up. The gates stand on the INSERT that claims the key and on
 * the DELETE of the clean-up, after both have found the old one. The database must show the key, so that whoever sends the
 * request once more gets its answer.
 *
 * <p>In the wild: clean-ups that collect identifiers first and delete them in portions, and sessions, carts and uploads that
 * were touched in between and are gone.
 */
@RaceTest
class Dedupe04ClearedAwayTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Logins logins;
    private final Transactions transactions;
    private final RecurringTask<?> idempotencyKeysExpire;
    private KeyedRequest request;

    Dedupe04ClearedAwayTests(
            @Autowired Logins logins,
            @Autowired Transactions transactions,
            @Autowired RecurringTask<?> idempotencyKeysExpire) {
        this.logins = logins;
        this.transactions = transactions;
        this.idempotencyKeysExpire = idempotencyKeysExpire;
    }

    @BeforeEach
    void anOldKey() {
        request = new KeyedRequest(Colleague.ofNewCompany(logins), UUID.randomUUID().toString());
        request.expire();
    }

    /** Broken: it had expired when the clean-up looked. The key is gone, and whoever sends again has it done again. */
    @Test
    void whoLooksAndThenDeletesForgetsAKeyThatIsInUse(Race race) {
        var outcome = race(race, this::lookAndDelete);

        var again = request.create("Minutes");

        assertThat(again).hasToString("201");
        assertThat(again.id()).isNotEqualTo(((Answer) outcome.racer("client").value()).id());
    }

    /** Fixed: the DELETE waits for the claim, and looks again how old the key is. */
    @Test
    void aKeyThatIsClaimedAnewStays(Race race) {
        var outcome = race(race, () -> idempotencyKeysExpire.execute(
                new TaskInstance<>(idempotencyKeysExpire.getName(), RecurringTask.INSTANCE), null));

        var again = request.create("Minutes");

        assertThat(outcome).everyRacerSucceeded().on("document").attempted(1).rows(1);
        assertThat(again.id())
                .as("what the request made, sent once more")
                .isEqualTo(((Answer) outcome.racer("client").value()).id());
    }

    private Outcome race(Race race, Callable<?> clearAway) {
        return race.holdAt(beforeInsertOn("idempotency_key"), beforeDeleteOn("idempotency_key"))
                .watch("document")
                .racer("client", () -> request.create("Minutes"))
                .racer("clean-up", clearAway)
                .release(Schedule.inOrder("client", "clean-up"))
                .run();
    }

    private int lookAndDelete() {
        return transactions.in(() -> {
            var old = transactions.sql("select key from idempotency_key where created_at <= now() - interval '24 hours'")
                    .query(String.class)
                    .list();
            return transactions.sql("delete from idempotency_key where key in (:keys)").param("keys", old).update();
        });
    }
}
