package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.raceharness.Playground;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody says where to hold whom: two commands, and a verdict. */
class CheckTests {

    private static Application application;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        application = new Application();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private CommandRun check(String path, String name, String... options) {
        var call = application.curl(path, name);
        var arguments = new ArrayList<>(List.of("--racer", call, "--racer", call, "--report", folder.toString()));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--json")) {
            arguments.addAll(List.of("--json", json().toString()));
        }
        return CommandRun.run("check", arguments.toArray(String[]::new));
    }

    private Path json() {
        return folder.resolve("result.json");
    }

    @Test
    void checkThenInsertIsAnAnomalyThatReplays() throws Exception {
        var race = check("broken", "{run}");

        assertThat(race.out())
                .contains("ANOMALY", "held before write on app.plain", "app.plain 2 rows")
                .contains("not covered: tables that no racer wrote, and what is not in this database\n");
        assertThat(race.status()).isEqualTo(ExitStatus.ANOMALY);
        var json = CommandRun.json(json());
        assertThat(json.get("verdict").getAsString()).isEqualTo("FORCED");
        assertThat(json.get("anomaly").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonArray("gates").toString())
                .isEqualTo("[\"write on app.plain\",\"after write on app.plain\",\"commit after app.plain\"]");
        assertThat(json.getAsJsonObject("interleavings").get("complete").getAsBoolean()).isTrue();
        assertThatTheFiguresAreTheDatabasesOwn(json, 2);
        var witness = json.getAsJsonObject("witness");
        assertThat(witness.getAsJsonObject("rows").get("app.plain").getAsInt()).isEqualTo(2);
        assertThat(witness.getAsJsonArray("results").toString()).isEqualTo("[\"exit 0: <run> 200\",\"exit 0: <run>"
                + " 200\"]");
        assertThat(Files.readString(folder.resolve("index.html"))).contains("ANOMALY", "held before write on"
                + " app.plain");

        var again = folder.resolve("again.json");
        var replay = CommandRun.run("replay", json().toString(), "--json", again.toString());

        assertThat(replay.status()).isEqualTo(ExitStatus.ANOMALY);
        assertThat(CommandRun.json(again).get("witness")).isEqualTo(witness);
        assertThat(CommandRun.json(again).get("serialOutcomes")).isEqualTo(json.get("serialOutcomes"));
    }

    @Test
    void withAConstraintAndOnConflictThereIsNone() throws Exception {
        var race = check("fixed", "{run}");

        assertThat(race.out()).startsWith("NO ANOMALY in 6 interleavings, which are all.");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
        var json = CommandRun.json(json());
        assertThat(json.get("anomaly").getAsBoolean()).isFalse();
        assertThat(json.getAsJsonArray("gates").get(0).getAsString()).isEqualTo("write on app.\"Unique\"");
        assertThatTheFiguresAreTheDatabasesOwn(json, 1);
    }

    @Test
    void tokensThatAreNewInEveryAnswerAreNotCompared() {
        var race = check("token", "{run}");

        assertThat(race.out())
                .startsWith("NO ANOMALY in 6 interleavings, which are all.")
                .contains("what is masked in the result of 1, the result of 2", "<run> r:<random> 200");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
        assertThat(check("broken-token", "{run}").out()).contains("ANOMALY: 20 of 20", "app.plain 2 rows");
    }

    @Test
    void aLoserWhoIsToldThatThePasswordIsWrongIsAnAnomaly() throws Exception {
        var race = check("polite", "{run}");

        assertThat(race.out()).contains("wrong password 401");
        assertThat(race.status()).isEqualTo(ExitStatus.ANOMALY);
        var error = CommandRun.json(json()).getAsJsonArray("errors").get(0).getAsJsonObject();
        assertThat(error.get("constraint").getAsString()).isEqualTo("Unique_pkey");
    }

    /** Of the witness or, without one, of the last interleaving; forced once more to take them. */
    private static void assertThatTheFiguresAreTheDatabasesOwn(JsonObject json, int rows) {
        var table = json.getAsJsonObject("tables").entrySet().iterator().next().getValue().getAsJsonObject();
        assertThat(table.get("attempted").getAsInt()).isEqualTo(2);
        assertThat(table.get("uniqueViolations").getAsInt()).isZero();
        assertThat(table.get("rows").getAsInt()).isEqualTo(rows);
        assertThat(json.getAsJsonArray("errors")).isEmpty();
        assertThat(json.getAsJsonArray("racers")).hasSize(2).allSatisfy(racer -> {
            assertThat(racer.getAsJsonObject().get("pid").getAsInt()).isPositive();
            assertThat(racer.getAsJsonObject().get("exitCode").getAsInt()).isZero();
        });
    }

    @Test
    void anApplicationThatLinesItsRacersUpIsFine() throws Exception {
        var race = check("locked", "{run}");

        assertThat(race.out()).startsWith("NO ANOMALY").contains("SERIALISED");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
        assertThat(CommandRun.json(json()).get("verdict").getAsString()).isEqualTo("SERIALISED");
    }

    @Test
    void aRowThatExistsAlreadyIsNoRace() throws Exception {
        var race = check("polite", "taken", "--before", "true");

        assertThat(race.out()).startsWith("NOT REACHED").contains("the row exists already");
        assertThat(race.status()).isEqualTo(ExitStatus.NOT_RACED);
        assertThat(CommandRun.json(json()).get("verdict").getAsString()).isEqualTo("NOT_REACHED");
        assertThat(race.out()).as("there is no interleaving to replay").doesNotContain("again:");
    }

    @Test
    void atAGateThatNobodyReachesItIsNoRaceEither() throws Exception {
        var race = check("idle", "{run}", "--gate", "insert on app.plain");

        assertThat(race.out()).startsWith("NOT REACHED: racer 1 and racer 2 never came to a gate");
        assertThat(race.status()).isEqualTo(ExitStatus.NOT_RACED);
        assertThat(CommandRun.json(json()).get("anomaly").isJsonNull()).as("nothing is proved").isTrue();
    }

    @Test
    void aMutexOfTheApplicationIsNoProtectionThatTheDatabaseCouldShow() {
        var race = check("mutex", "{run}", "--arrive", "1");

        assertThat(race.out()).startsWith("NOT REACHED").contains("a lock in memory");
        assertThat(race.status()).isEqualTo(ExitStatus.NOT_RACED);
    }

    @Test
    void withoutARunOfItsOwnTheTablesArePutBack() {
        var race = check("broken", "always-the-same");

        assertThat(race.out()).contains("app.plain 2 rows");
        assertThat(race.status()).isEqualTo(ExitStatus.ANOMALY);
        assertThat(Playground.value("SELECT count(*) FROM app.plain WHERE name = 'always-the-same'")).isEqualTo("0");
    }

    @Test
    void whatIsObservedBelongsToTheOutcome() {
        var race = check(
                "broken", "{run}", "--observe", "echo seen {run}", "--observe-sql",
                "SELECT count(*), 'x' FROM app.plain WHERE name = '{run}'", "--ignore", "200");

        assertThat(race.out()).contains("observed seen <run> 2|x", "exit 0: <run> <ignored>");
    }

    @Test
    void observersMayUseTheOperatorsThatAreWrittenWithAQuestionMark() {
        var race = check(
                "broken", "{run}", "--max-interleavings", "1", "--observe-sql",
                "SELECT '{\"{run}\": 1}'::jsonb ? '{run}', '[\"a\"]'::jsonb ?| ARRAY['b'], '{}'::jsonb ?& ARRAY['c']");

        assertThat(race.out()).contains("observed t|f|f");
    }

    @Test
    void whatAnObserverFailsWithBelongsToTheOutcome() {
        application.serve("/login", (transaction, name) -> {
            Application.update(
                    transaction, "SELECT 1 / (2 - count(*)) FROM app.plain WHERE name = ?", name);
            return "200 hello";
        });

        var race = check(
                "broken", "{run}", "--max-interleavings", "1",
                "--observe", application.curl("login", "{run}") + " --fail",
                "--observe-sql", "SELECT (SELECT 'one' FROM app.plain WHERE name = '{run}')");

        assertThat(race.out())
                .as(race.err())
                .startsWith("ANOMALY")
                .contains("observed hello 200 one", "observed exit 22: 500 ERROR: more than one row");
        assertThat(race.status()).isEqualTo(ExitStatus.ANOMALY);
    }

    @ParameterizedTest
    @CsvSource({
        "--observe, echo no such user; exit 7, exit 7: no such user",
        "--observe-sql, SELECT nmae FROM app.plain, column \"nmae\" does not exist"
    })
    void anObserverThatHasNeverSucceededWouldFindEverythingAlike(String option, String observer, String failure) {
        var race = check("broken", "{run}", option, observer);

        assertThat(race.err()).contains(option + " failed", failure, "before it had ever succeeded");
        assertThat(race.out()).isEmpty();
        assertThat(race.status()).isEqualTo(ExitStatus.WRONG_USE);
    }

    @Test
    void tablesThatAreTooLargeToBePutBackAreRefused() {
        Playground.sql("CREATE TABLE app.\"Many\" AS SELECT generate_series(0, 100000) AS number");
        try {
            var before = application.calls();

            var race = check("broken", "always-the-same");

            assertThat(race.err())
                    .contains("app.\"Many\" has more than 100,000 rows", "put {run} into", "--before")
                    .doesNotContain("run.token()");
            assertThat(race.status()).isEqualTo(ExitStatus.WRONG_USE);
            assertThat(application.calls()).isEqualTo(before);
        } finally {
            Playground.sql("DROP TABLE app.\"Many\"");
        }
    }

    @Test
    void theLineThatSaysHowToReplayIsForTheShell() {
        var environment = CommandRun.environment();
        var url = "jdbc:postgresql://%s:%s/%s?ApplicationName=a&tcpKeepAlive=true".formatted(
                environment.get("PGHOST"), environment.get("PGPORT"), environment.get("PGDATABASE"));
        var file = folder.resolve("it's here.json");

        var race = check("fixed", "{run}", "--max-interleavings", "1", "--url", url, "--json", file.toString());

        assertThat(race.out()).as(race.err())
                .endsWith("again: race replay --url '" + url + "' " + CommandRun.TEST_DATABASE.replace('=', ' ') + " '"
                        + folder + "/it'\\''s here.json'\n");
    }

    @Test
    void whatIsCutOffIsSaid() throws Exception {
        var race = check("fixed", "{run}", "--max-interleavings", "2");

        assertThat(race.out()).startsWith("NO ANOMALY in 2 interleavings, which are NOT all: stopped after 2");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
        assertThat(CommandRun.json(json()).getAsJsonObject("interleavings").get("complete").getAsBoolean()).isFalse();
    }
}
