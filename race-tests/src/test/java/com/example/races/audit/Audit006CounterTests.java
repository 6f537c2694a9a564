package com.example.races.audit;

import static com.example.races.Endings.endingsOf;
import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.Gate.beforeWriteOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.transaction.TransactionDefinition.ISOLATION_READ_COMMITTED;
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
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * TEST-RC-006: a project counts its assets, and three are added at once.
 *
 * <p>Anomaly: lost update (P4). The gate stands on the UPDATE of the count, at the statement: all three have read what
 * they read. The database must show three assets and a count of three.
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
        var outcome = three(race, () -> readAndWriteBack(ISOLATION_READ_COMMITTED));

        assertThat(outcome).on("project").attempted(3).on("asset").rows(3);
        assertThat(count()).isEqualTo(1);
    }

    /** Half fixed: REPEATABLE READ notices (40001). Exact, if everybody who is refused does everything again. */
    @Test
    void underRepeatableReadWhoComesSecondStartsOver(Race race) {
        var outcome = three(race, () -> {
            while (true) {
                try {
                    return readAndWriteBack(ISOLATION_REPEATABLE_READ);
                } catch (PessimisticLockingFailureException refused) {
                    continue;
                }
            }
        });

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
        assertThat(count()).isEqualTo(3);
    }

    /** Fixed: the count and the assets agree in every interleaving, also when one is removed while one is added. */
    @Test
    void addingAgainstRemovingInEveryInterleaving(Race race) {
        var wheel = new UUID[1];
        var exploration = race.before(run -> project = newProject())
                .before(run -> wheel[0] = add("wheel").id())
                .racer("ada", (Run run) -> overHttp())
                .racer("ben", (Run run) -> ada.delete("/projects/{id}/assets/{asset}", project, wheel[0]).toString())
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

    private String overHttp() {
        return add("axle").toString();
    }

    private Answer add(String asset) {
        return ada.post(Map.of("name", asset, "text", ""), "/projects/{id}/assets", project);
    }

    private int readAndWriteBack(int isolation) {
        return transactions.in(isolation, () -> {
            int counted = count();
            transactions.sql("update project set asset_count = ? where id = ?").params(counted + 1, project).update();
            return transactions
                    .sql("insert into asset (id, project_id, name, text) values (?, ?, 'axle', '')")
                    .params(UUID.randomUUID(), project)
                    .update();
        });
    }

    private int count() {
        return transactions.sql("select asset_count from project where id = ?")
                .param(project)
                .query(Integer.class)
                .single();
    }
}
