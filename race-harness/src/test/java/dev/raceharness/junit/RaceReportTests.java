package dev.raceharness.junit;

import static dev.raceharness.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.raceharness.Playground;
import dev.raceharness.Race;
import dev.raceharness.Run;
import dev.raceharness.report.RaceReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is in the folder that race.report.folder names, when a run is over. */
class RaceReportTests {

    @TempDir
    Path folder;

    /** A name for each. */
    static class TwinsFixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        /** Broken: nobody says that a name is taken. */
        @Test
        void withoutAKeyANameIsTakenTwice(Race race) throws Exception {
            Playground.sql("ALTER TABLE taken_name DROP CONSTRAINT taken_name_pkey");
            assertThat(Names.raceFor("<twice>", race)).on("taken_name").rows(2);
        }

        /** Fixed: the key does. */
        @Test
        void aKeyLetsOneHaveIt(Race race) {
            assertThat(Names.raceFor("once", race)).on("taken_name").uniqueViolations(1).rows(1);
        }

        @Test
        void everyInterleaving(Race race) {
            race.racer("ada", (Run run) -> Names.take(run.token()))
                    .racer("ben", (Run run) -> Names.take(run.token()))
                    .explore();
        }
    }

    static class RedFixture {

        @RegisterExtension
        static final RaceExtension races = RaceExtension.on(Playground.owner());

        @Test
        void expectsTooMuch(Race race) {
            assertThat(Names.raceFor("red", race)).on("taken_name").rows(2);
        }

        @Test
        void neverRunsIt(Race race) {}
    }

    @BeforeEach
    void table() {
        Names.create();
    }

    private void run(Class<?>... fixtures) throws Exception {
        runInOrderOf("", fixtures);
    }

    private void runInOrderOf(String text, Class<?>... fixtures) throws Exception {
        var order = Files.writeString(folder.resolve("order.md"), text);
        Fixtures.run(
                Map.of(
                        "race.report.folder", folder.toString(),
                        "race.report.sources", "src/test/java",
                        "race.report.order", order.toString()),
                fixtures);
    }

    private String page(Class<?> fixture) throws Exception {
        return Files.readString(folder.resolve("races/" + fixture.getName() + ".html"));
    }

    @Test
    void theTwinsOfAClassStandSideBySideWithTheirProof() throws Exception {
        run(TwinsFixture.class);

        assertThat(page(TwinsFixture.class))
                .containsSubsequence(
                        "<h2>Broken</h2>",
                        "Broken: nobody says that a name is taken.",
                        "FORCED. taken_name: 2 attempted, 2 rows",
                        "held before insert on taken_name",
                        "returned &lt;twice&gt;",
                        "<h2>Fixed</h2>",
                        "FORCED. taken_name: 2 attempted, 1 refused by taken_name_pkey, 1 row",
                        "<span class=\"violated\">violated taken_name_pkey</span>")
                .contains("<span class=\"committed\">committed</span>", " 0 anomalous, complete", "again by replay(")
                .doesNotContain("<script", "http");
    }

    @Test
    void theIndexTheAuditAndTheFileForProgramsSayTheSame() throws Exception {
        run(TwinsFixture.class);

        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("races/" + TwinsFixture.class.getName() + ".html", "<b class=\"badge PASS\">PASS</b>");
        assertThat(Files.readString(folder.resolve("audit.md"))).contains("score: **PASS**", "| taken_name | [");
        var json = JsonParser.parseString(Files.readString(folder.resolve("race.json"))).getAsJsonObject();
        assertThat(json.get("score").getAsString()).isEqualTo("PASS");
        var tests = json.getAsJsonArray("races").get(0).getAsJsonObject().getAsJsonArray("tests");
        assertThat(tests).hasSize(3);
        assertThat(tests.toString()).contains("\"twin\":\"BROKEN\"", "\"twin\":\"FIXED\"", "\"kind\":\"ARRIVED\"");
    }

    @Test
    void aRedTestMakesItFailAndSaysWhy() throws Exception {
        run(RedFixture.class, TwinsFixture.class);

        assertThat(Files.readString(folder.resolve("audit.md"))).contains("score: **FAIL**");
        assertThat(page(RedFixture.class))
                .contains("<pre class=\"failed\">", "takes a Race and never ran it", "FORCED. taken_name: 2 attempted");
    }

    @Test
    void theRacesComeInTheOrderInWhichATextMentionsThem() throws Exception {
        runInOrderOf(
                "First RaceReportTests$TwinsFixture, then RaceReportTests$RedFixture.", RedFixture.class, TwinsFixture.class);

        assertThat(Files.readString(folder.resolve("audit.md")))
                .containsSubsequence(TwinsFixture.class.getName(), RedFixture.class.getName());
    }

    @Test
    void whatAnEarlierRunHasWrittenIsGone() throws Exception {
        run(RedFixture.class);
        new RaceReport(Optional.of(folder), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(folder.resolve("index.html")).doesNotExist();
        assertThat(folder.resolve("races")).isDirectoryNotContaining(file -> file.toString().contains("Red"));
    }
}
