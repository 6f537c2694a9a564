package com.example.races.audit;

import static com.example.races.Endings.endingsOf;
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
import dev.raceharness.Run;
import dev.raceharness.junit.RaceExtension;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * TEST-RC-002: one document is open in two tabs, and both save.
 *
 * <p>Anomaly: lost update (P4). The gate stands on the UPDATE, at the statement: both tabs have read the document, and
 * whatever either of them checks is behind it. The database must show 2 UPDATEs attempted, one save that got through,
 * and a version that went up by one; the other tab gets what is there now, and can save again under that version.
 *
 * <p>In the wild: last write wins, in wikis, carts and settings pages. A check of the version in the code before the
 * UPDATE is the popular cure, and none: both checks come before both writes.
 */
@RaceTest
class Audit002TwoTabsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(ownerDataSource());

    @Autowired
    Logins logins;

    @Autowired
    Transactions transactions;

    private Colleague ada;
    private volatile UUID document;

    @BeforeEach
    void adaHasWrittenADocument() {
        ada = Colleague.ofNewCompany(logins);
        document = newDocument();
    }

    private UUID newDocument() {
        return ada.post(Map.of("title", "Minutes", "text", "as of Monday"), "/documents").id();
    }

    /** Broken: whoever comes last wins, and the text of the other one is gone. Both were told that they had saved. */
    @Test
    void theLastWriteWinsAndNobodyIsTold(Race race) {
        var outcome = twoTabs(race, text -> {
            write(text);
            return "200";
        });

        assertThat(outcome).on("document").attempted(2);
        bothTabsSaved(outcome);
    }

    /** Broken: the check comes before both writes, and finds nothing wrong. */
    @Test
    void aCheckInTheCodeBeforeTheUpdateLosesItAsWell(Race race) {
        var outcome = twoTabs(race, text -> transactions.in(() -> {
            if (version() != 1) {
                return "409 document-changed";
            }
            write(text);
            return "200";
        }));

        assertThat(outcome).on("document").attempted(2);
        bothTabsSaved(outcome);
    }

    /** Fixed: the statement that writes compares. One tab saves, the other is told, and nothing is lost. */
    @Test
    void whoReadAnOlderVersionIsToldWhatIsThereNow(Race race) {
        var outcome = twoTabs(race, text -> save(document, 1, text).toString());

        assertThat(outcome).on("document").attempted(2);
        assertThat(outcome.racers())
                .extracting(racer -> racer.value())
                .containsExactlyInAnyOrder("200", "409 document-changed");
        assertThat(version()).isEqualTo(2);
    }

    /** Fixed: with what the refusal says the other tab puts both texts together and saves again. */
    @Test
    void whoWasRefusedSavesAgainAndNothingIsLost(Race race) {
        twoTabs(race, text -> {
            var first = save(document, 1, text);
            if (first.status() == 200) {
                return first.toString();
            }
            var both = first.at("/current/text") + " and " + text;
            return save(document, Long.parseLong(first.at("/current/version")), both).toString();
        });

        assertThat(version()).isEqualTo(3);
        assertThat(text()).contains("tab1's words").contains(" and ").contains("tab2's words");
    }

    /** Fixed: in every interleaving one saves and the other is told, or one deletes and the other is told. */
    @Test
    void aSaveAgainstADeletionInEveryInterleaving(Race race) {
        var exploration = race.before(run -> document = newDocument())
                .racer("tab1", (Run run) -> save(document, 1, "tab1's words").toString())
                .racer("tab2", (Run run) -> ada.delete("/documents/{id}?version=1", document).toString())
                .explore()
                .assertSerializable();

        endingsOf(exploration)
                .areExactly("tab1 200; tab2 409 document-changed", "tab1 404 document-gone; tab2 204");
    }

    private Outcome twoTabs(Race race, UnaryOperator<String> save) {
        return race.holdAt(beforeUpdateOn("document"))
                .racer("tab1", () -> save.apply("tab1's words"))
                .racer("tab2", () -> save.apply("tab2's words"))
                .run();
    }

    private void bothTabsSaved(Outcome outcome) {
        assertThat(outcome.racers()).extracting(racer -> racer.value()).containsExactly("200", "200");
        assertThat(text()).isIn("tab1's words", "tab2's words");
    }

    private Answer save(UUID id, long version, String text) {
        return ada.put(Map.of("title", "Minutes", "text", text, "version", version), "/documents/{id}", id);
    }

    private void write(String text) {
        transactions.sql("update document set text = ?, version = version + 1 where id = ?")
                .params(text, document)
                .update();
    }

    private long version() {
        return transactions.sql("select version from document where id = ?")
                .param(document)
                .query(Long.class)
                .single();
    }

    private String text() {
        return transactions.sql("select text from document where id = ?")
                .param(document)
                .query(String.class)
                .single();
    }
}
