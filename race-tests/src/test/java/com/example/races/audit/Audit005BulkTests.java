package com.example.races.audit;

import static com.example.races.RaceDatabase.ownerDataSource;
import static dev.raceharness.Gate.beforeUpdateOn;
import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.Colleague;
import com.example.races.Answer;
import com.example.races.Logins;
import com.example.races.RaceTest;
import com.example.races.Transactions;
import dev.raceharness.Outcome;
import dev.raceharness.Race;
import dev.raceharness.Schedule;
import dev.raceharness.junit.RaceExtension;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * TEST-RC-005: the texts of twenty assets are generated anew, and somebody edits one of them by hand.
 *
 * <p>Anomaly: lost update (P4). The gate stands on the UPDATE of an asset: the bulk has read all twenty, and the user
 * one. The database must show each asset in one state, the edit kept if it came first, and refused with what is there
 * now if it came second; the answer of the bulk says what it left alone.
 *
 * <p>In the wild: a nightly import that undoes what people corrected during the night.
 */
@RaceTest
class Audit005BulkTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    private static final String ASSETS = "/projects/{id}/assets";

    private final Logins logins;
    private final Transactions transactions;
    private Colleague ada;
    private UUID project;
    private UUID seventh;

    Audit005BulkTests(@Autowired Logins logins, @Autowired Transactions transactions) {
        this.logins = logins;
        this.transactions = transactions;
    }

    @BeforeEach
    void twentyAssets() {
        ada = Colleague.ofNewCompany(logins);
        project = ada.post(Map.of("name", "Engine"), "/projects").id();
        seventh = IntStream.rangeClosed(1, 20)
                .mapToObj(number -> ada.post(Map.of("name", "asset " + number, "text", ""), ASSETS, project).id())
                .toList()
                .get(6);
    }

    /** Broken: the bulk writes what it has generated, whatever is there. The edit is lost, and nobody is told. */
    @Test
    void aBulkThatDoesNotCompareLosesTheEdit(Race race) {
        var outcome = race(race, this::overwriteAll, "user", "bulk");

        assertThat(outcome.racer("user").value()).hasToString("200");
        assertThat(text(seventh)).isEqualTo("generated");
    }

    /** Fixed: the edit came first, and the bulk leaves it alone and says so. */
    @Test
    void theEditWinsAndTheBulkSaysSo(Race race) {
        var outcome = race(race, this::regenerate, "user", "bulk");

        var bulk = (Answer) outcome.racer("bulk").value();
        assertThat(bulk.body().at("/regenerated").size()).as("assets that the bulk wrote; one was edited").isEqualTo(19);
        assertThat(bulk.at("/skipped/0")).isEqualTo(seventh.toString());
        assertThat(outcome.racer("user").value()).hasToString("200");
        assertThat(text(seventh)).isEqualTo("by hand");
        assertThat(versions()).hasSize(20).containsOnly(2L);
    }

    /** Fixed: the bulk came first, and the user is told what is there now. */
    @Test
    void theBulkWinsAndTheUserIsTold(Race race) {
        var outcome = race(race, this::regenerate, "bulk", "user");

        var bulk = (Answer) outcome.racer("bulk").value();
        var user = (Answer) outcome.racer("user").value();
        assertThat(bulk.body().at("/regenerated").size()).isEqualTo(20);
        assertThat(user).hasToString("409 asset-changed");
        assertThat(user.at("/current/text")).isEqualTo(text(seventh)).contains("generated for Engine");
        assertThat(versions()).hasSize(20).containsOnly(2L);
    }

    private Outcome race(Race race, Callable<?> bulk, String first, String second) {
        return race.holdAt(beforeUpdateOn("asset"))
                .racer("bulk", bulk)
                .racer("user", this::editTheSeventh)
                .release(Schedule.inOrder(first, second))
                .run();
    }

    private Answer regenerate() {
        return ada.post(Map.of(), ASSETS + "/regenerate", project);
    }

    private Answer editTheSeventh() {
        var edit = Map.of("name", "asset 7", "text", "by hand", "version", 1);
        return ada.put(edit, ASSETS + "/{asset}", project, seventh);
    }

    private int overwriteAll() {
        return transactions.sql("update asset set text = 'generated' where project_id = ?").param(project).update();
    }

    private String text(UUID asset) {
        return transactions.sql("select text from asset where id = ?").param(asset).query(String.class).single();
    }

    private List<Long> versions() {
        return transactions.sql("select version from asset where project_id = ?")
                .param(project).query(Long.class).list();
    }
}
