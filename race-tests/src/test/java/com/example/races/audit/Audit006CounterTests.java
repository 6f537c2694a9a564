package com.example.races.audit;

import static com.example.races.Endings.endingsOf;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_REPEATABLE_READ;

import com.example.races.Answer;
import com.example.races.Colleague;
import com.example.races.Logins;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * TEST-RC-006: a project counts its assets, and three are added at once, or one is removed twice.
 *
 * <p>Anomaly: lost update (P4), and check-then-act where an asset is there when both look. The gate stands on the UPDATE of
 * the count, at the statement: all three have read what they read; or on the first write to the asset that is removed. The
 * database must show three assets and a count of three, or a count that is smaller by one.
 *
 * <p>In the wild: like counters, stock levels and balances that are a little too low, by object-relational mappers that
 * write back the whole row.
 */
@RaceTest
class Audit006CounterTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private final Logins logins;
    private final Transactions transactions;
    private Colleague ada;
    private volatile UUID project;

    Audit006CounterTests(@Autowired Logins logins, @Autowired Transactions transactions) {
        this.logins = logins;
        this.transactions = transactions;
    }

    @BeforeEach
    void aProject() {
        ada = Colleague.ofNewCompany(logins);
        project = newProject();
    }

    private UUID newProject() {
        return ada.post(Map.of("name", "Engine"), "/projects").id();
    }

    /** Broken: all read 0 and write 1. Three assets, counted as one. */
    @Test
    void whoWritesBackWhatTheyHaveReadLosesTheOthers(Race race) {
        var outcome = three(race, () -> transactions.in(this::readAndWriteBack));

        assertThat(outcome).on("project").attempted(3).on("asset").rows(3);
        assertThat(count()).isEqualTo(1);
    }

    /** Half fixed: REPEATABLE READ notices (40001). Exact, if everybody who is refused does everything again. */
    @Test
    void underRepeatableReadWhoComesSecondStartsOver(Race race) {
        var outcome = three(
                race, () -> transactions.untilItSucceeds(ISOLATION_REPEATABLE_READ, this::readAndWriteBack));

        assertThat(outcome).everyRacerSucceeded();
        assertThat(outcome).on("asset").rows(3);
        assertThat(count()).isEqualTo(3);
    }

    /** Fixed, as the application does it: one more than whatever is there when it is this one's turn. */
    @Test
    void oneMoreIsCountedByTheDatabase(Race race) {
        var outcome = three(race, this::overHttp);

        assertThat(outcome).on("project").attempted(3).on("asset").attempted(3).rows(3);
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsOnly("201");
        assertThat(count()).as("assets that were counted").isEqualTo(3);
    }

    /** Broken: it was there when both looked, and both count down whatever the DELETE said. The other asset is not counted. */
    @Test
    void whoCountsDownWhateverTheDeleteSaidCountsTwice(Race race) {
        var wheel = oneOfTwo();

        var outcome = twice(race, () -> lookAndRemove(wheel));

        assertThat(outcome).on("asset").attempted(2).rows(-1);
        assertThat(outcome).everyRacerSucceeded();
        assertThat(count()).isZero();
    }

    /** Fixed: whose DELETE found it counts down, and the other one is told that it is gone. */
    @Test
    void oneAssetThatIsRemovedTwiceIsCountedOnce(Race race) {
        var wheel = oneOfTwo();

        var outcome = twice(race, () -> remove(wheel));

        assertThat(count()).as("assets that are counted").isEqualTo(1);
        assertThat(outcome).on("asset").attempted(2).rows(-1);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("204", "404 not-found");
    }

    /** Fixed: the count and the assets agree in every interleaving, also when one is removed while one is added. */
    @Test
    void addingAgainstRemovingInEveryInterleaving(Race race) {
        var wheel = new UUID[1];
        var exploration = race.before(run -> project = newProject())
                .before(run -> wheel[0] = add("wheel").id())
                .racer("ada", (Run run) -> overHttp())
                .racer("ben", (Run run) -> remove(wheel[0]))
                .observe(run -> count())
                .holdAt(beforeWriteOn("project"), beforeWriteOn("asset"))
                .explore()
                .assertSerializable();

        endingsOf(exploration).areExactly("ada 201; ben 204; 1");
    }

    private static Outcome three(Race race, Callable<?> add) {
        return race.holdAt(beforeUpdateOn("project"))
                .watch("asset")
                .racer("api", add)
                .racer("bulk", add)
                .racer("job", add)
                .run();
    }

    private static Outcome twice(Race race, Callable<?> remove) {
        return race.holdAt(beforeWriteOn("asset"))
                .racer("ada", remove)
                .racer("ben", remove)
                .run();
    }

    private UUID oneOfTwo() {
        add("axle");
        return add("wheel").id();
    }

    private String remove(UUID asset) {
        return ada.delete("/projects/{id}/assets/{asset}", project, asset).toString();
    }

    private int lookAndRemove(UUID asset) {
        return transactions.in(() -> {
            transactions.sql("select version from asset where id = ?").param(asset).query().singleRow();
            transactions.sql("delete from asset where id = ?").param(asset).update();
            return transactions.sql("update project set asset_count = asset_count - 1 where id = ?").param(project).update();
        });
    }

    private String overHttp() {
        return add("axle").toString();
    }

    private Answer add(String asset) {
        return ada.post(Map.of("name", asset, "text", ""), "/projects/{id}/assets", project);
    }

    private int readAndWriteBack() {
        int counted = count();
        transactions.sql("update project set asset_count = ? where id = ?").params(counted + 1, project).update();
        return transactions
                .sql("insert into asset (id, project_id, name, text) values (?, ?, 'axle', '')")
                .params(UUID.randomUUID(), project)
                .update();
    }

    private int count() {
        return transactions.sql("select asset_count from project where id = ?")
                .param(project)
                .query(Integer.class)
                .single();
    }
}
