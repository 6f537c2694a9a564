package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.provider.ValueSource;

/** One interleaving, at a gate that the command line names. */
class ForceTests {

    private static final String NOT_UNIQUE = "insert on app.plain";
    private static final String UNIQUE = "insert on app.\"Unique\"";

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

    private CommandRun force(String gate, String path, String name, String... options) {
        var call = application.curl(path, name);
        var arguments = new ArrayList<>(List.of("--gate", gate, "--racer", call, "--racer", call));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--json")) {
            arguments.addAll(List.of("--json", json().toString()));
        }
        return CommandRun.run("force", arguments.toArray(String[]::new));
    }

    private Path json() {
        return folder.resolve("result.json");
    }

    @Test
    void theFiguresAreTheDatabasesOwn() throws Exception {
        var race = force(
                UNIQUE, "polite", "{run}", "--expect", "app.\"Unique\".attempted=2",
                "--expect", "app.\"Unique\".rows=1", "--expect", "exit=0");

        assertThat(race.out()).startsWith("FORCED, and every expectation met.");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
        var json = CommandRun.json(json());
        assertThat(json.get("verdict").getAsString()).isEqualTo("FORCED");
        assertThat(json.getAsJsonArray("gates").get(0).getAsString()).isEqualTo(UNIQUE);
        var table = json.getAsJsonObject("tables").getAsJsonObject("app.\"Unique\"");
        assertThat(table.get("attempted").getAsInt()).isEqualTo(2);
        assertThat(table.get("rows").getAsInt()).isEqualTo(1);
        var racer = json.getAsJsonArray("racers").get(0).getAsJsonObject();
        assertThat(racer.get("name").getAsString()).isEqualTo("1");
        assertThat(racer.get("pid").getAsInt()).isPositive();
        assertThat(racer.get("arrived").getAsBoolean()).isTrue();
        assertThat(racer.get("exitCode").getAsInt()).isZero();
    }

    @Test
    void uniqueViolationsAreReadFromTheServersLog() throws Exception {
        var race = force(UNIQUE, "polite", "{run}", "--expect", "app.\"Unique\".uniqueViolations=1");

        assertThat(race.status()).as(race.out()).isEqualTo(ExitStatus.FINE);
        var error = CommandRun.json(json()).getAsJsonArray("errors").get(0).getAsJsonObject();
        assertThat(error.get("sqlState").getAsString()).isEqualTo("23505");
        assertThat(error.get("constraint").getAsString()).isEqualTo("Unique_pkey");
    }

    @Test
    void aMissedExpectationIsStatus1AndReplays() throws Exception {
        var race = force(NOT_UNIQUE, "broken", "{run}", "--expect", "app.plain.rows=1");

        assertThat(race.out()).startsWith("FORCED, but app.plain.rows=1 was expected, but it is 2.");
        assertThat(race.status()).isEqualTo(ExitStatus.ANOMALY);
        assertThat(CommandRun.json(json()).get("anomaly").getAsBoolean()).isTrue();
        assertThat(CommandRun.run("replay", json().toString()).status()).isEqualTo(ExitStatus.ANOMALY);
    }

    @Test
    void theScheduleSaysWhoWins() {
        var race = force(UNIQUE, "polite", "{run}", "--schedule", "2,1");

        assertThat(race.out()).contains("1 returned exit 0: wrong password 401", "released 2,1");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
    }

    @Test
    void theScheduleMayBeSteps() {
        var race = force(NOT_UNIQUE, "broken", "{run}", "--schedule", "2:app.plain 1:app.plain");

        assertThat(race.status()).as(race.out()).isEqualTo(ExitStatus.FINE);
    }

    @Test
    void aConditionMayNameTheRun() {
        var race = force(NOT_UNIQUE + " when (NEW.name = '{run}')", "broken", "{run}");

        assertThat(race.out()).startsWith("FORCED.");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
    }

    @Test
    void aConditionHoldsOnlyTheRowsItIsAbout() {
        var race = force(NOT_UNIQUE + " when (NEW.name = 'somebody else')", "broken", "{run}", "--arrive", "1");

        assertThat(race.out()).startsWith("NOT REACHED");
        assertThat(race.status()).isEqualTo(ExitStatus.NOT_RACED);
    }

    @Test
    void aRowThatExistsAlreadyIsNoRace() throws Exception {
        var race = force(UNIQUE, "polite", "taken");

        assertThat(race.out()).startsWith("NOT REACHED").contains("the row exists already");
        assertThat(race.status()).isEqualTo(ExitStatus.NOT_RACED);
        var json = CommandRun.json(json());
        assertThat(json.get("anomaly").isJsonNull()).isTrue();
        var racer = json.getAsJsonArray("racers").get(0).getAsJsonObject();
        assertThat(racer.get("arrived").getAsBoolean()).isFalse();
        assertThat(racer.get("result").getAsString()).isEqualTo("taken 200");
    }

    @Test
    void anApplicationThatLinesItsRacersUpCannotBeForced() throws Exception {
        var race = force(NOT_UNIQUE, "locked", "{run}");

        assertThat(race.out()).startsWith("SERIALISED").contains("waits for 1");
        assertThat(race.status()).isEqualTo(ExitStatus.NOT_RACED);
        assertThat(CommandRun.json(json()).get("verdict").getAsString()).isEqualTo("SERIALISED");
    }

    @Test
    void aTableLockHoldsWithoutATrigger() {
        var race = force("lock app.plain", "broken", "{run}", "--expect", "app.plain.rows=2");

        assertThat(race.status()).as(race.out() + race.err()).isEqualTo(ExitStatus.FINE);
    }

    @Test
    void ddlIsHeldAtItsStartAndAtItsEnd() {
        var race = force("ddl", "ddl", "{run}", "--schedule", "in-order");

        assertThat(race.out()).startsWith("FORCED.").contains("held before ddl", "held after ddl");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
    }

    @Test
    void aRacerThatDoesNotReturnIsATimeOut() {
        var call = application.curl("broken", "{run}");
        var race = CommandRun.run(
                "force", "--gate", NOT_UNIQUE, "--racer", call, "--racer", call + "; sleep 60", "--finish", "1");

        assertThat(race.out()).startsWith("TIME-OUT");
        assertThat(race.status()).isEqualTo(ExitStatus.FAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-order", "2,1", "1:app.plain 2:app.plain"})
    void norDoesItWhenTheRacersAreLetGoOneByOne(String schedule) throws Exception {
        var call = application.curl("broken", "{run}");
        var race = CommandRun.run(
                "force", "--gate", NOT_UNIQUE, "--racer", call, "--racer", call + "; sleep 60", "--finish", "1",
                "--schedule", schedule, "--json", json().toString());

        assertThat(race.out()).startsWith("TIME-OUT: not every racer returned within 1.0 s; see --finish.");
        assertThat(race.status()).isEqualTo(ExitStatus.FAULT);
        assertThat(CommandRun.json(json()).get("anomaly").isJsonNull()).isTrue();
    }

    @Test
    void anObserverThatFailsIsShown() {
        var race = force(
                NOT_UNIQUE, "broken", "{run}", "--observe", "echo no such user; exit 7", "--observe-sql", "SELECT 1 / 0");

        assertThat(race.out())
                .startsWith("FORCED.")
                .contains("observed: exit 7: no such user", "observed: ERROR: division by zero");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
    }

    @Test
    void expectedTablesNeedNoGateAndMayBeSpeltAnyHow() throws Exception {
        var race = force(
                NOT_UNIQUE, "broken", "{run}", "--expect", "app.\"Unique\".rows=0", "--expect", "APP.\"plain\".attempted=2",
                "--expect", "app.\"Unique\".attempted=0");

        assertThat(race.out()).as(race.err()).startsWith("FORCED, and every expectation met.");
        assertThat(race.status()).isEqualTo(ExitStatus.FINE);
        assertThat(CommandRun.json(json()).getAsJsonObject("tables").keySet())
                .containsExactly("app.\"Unique\"", "app.plain");
    }

    @Test
    void aConditionThatIsWrongIsRefusedBeforeAnythingRuns() {
        var fixture = folder.resolve("fixture");

        var race = force(
                NOT_UNIQUE + " when (NEW.nmae = '{run}')", "broken", "{run}", "--before", "touch '" + fixture + "'");

        assertThat(race.err()).contains("\"NEW.nmae = '{run}'\"", "column new.nmae does not exist", "NEW and OLD");
        assertThat(race.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(fixture).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "OLD.name = 'x', WHEN condition cannot reference OLD", "EXISTS (SELECT), cannot use subquery in trigger WHEN condition"
    })
    void soIsOneThatOnlyATriggerCannotHave(String condition, String expected) {
        var before = application.calls();

        var race = force(NOT_UNIQUE + " when (" + condition + ")", "broken", "{run}");

        assertThat(race.err()).contains(expected);
        assertThat(race.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(application.calls()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"1, " + ExitStatus.ANOMALY, "2, " + ExitStatus.FAULT})
    void aResultThatCannotBeWrittenIsShownAllTheSame(int rows, int status) throws Exception {
        var gone = Files.createDirectory(folder.resolve("gone"));

        var race = force(
                NOT_UNIQUE, "broken", "{run}", "--expect", "app.plain.rows=" + rows, "--observe", "rm -r '" + gone + "'",
                "--json", gone.resolve("result.json").toString());

        assertThat(race.out()).startsWith("FORCED").contains("app.plain: 2 attempted").doesNotContain("again:");
        assertThat(race.err()).contains("The result cannot be written to " + gone, "which --json names");
        assertThat(race.status()).isEqualTo(status);
    }

    @Test
    void onlySessionsOfTheseRolesAreHeld() {
        var role = "race_nobody_" + System.nanoTime();
        Playground.sql("CREATE ROLE " + role);
        try {
            var race = force(NOT_UNIQUE, "broken", "{run}", "--sessions", role);

            assertThat(race.out()).startsWith("NOT REACHED").contains("another role than --sessions names");
            assertThat(race.status()).isEqualTo(ExitStatus.NOT_RACED);
        } finally {
            Playground.sql("DROP ROLE " + role);
        }
    }
}
