package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.Playground;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The harness may be the owner of the tables, and no more. */
class WithoutSuperuserTests {

    private static final String OWNER = "race_owner_" + ProcessHandle.current().pid();

    private static Application application;

    @BeforeAll
    static void start() throws Exception {
        application = new Application();
        Playground.sql(
                "CREATE ROLE " + OWNER + " LOGIN PASSWORD 'owner'",
                "GRANT CREATE ON DATABASE " + Playground.database().name() + " TO " + OWNER,
                "GRANT ALL ON SCHEMA app TO " + OWNER,
                "ALTER TABLE app.plain OWNER TO " + OWNER);
    }

    @AfterAll
    static void stop() {
        Playground.sql("DROP OWNED BY " + OWNER, "DROP ROLE " + OWNER);
        application.close();
    }

    private static CommandRun asOwner(String... arguments) {
        var environment = CommandRun.environment();
        environment.putAll(Map.of("PGUSER", OWNER, "PGPASSWORD", "owner"));
        return CommandRun.raw(environment, arguments);
    }

    private static CommandRun check(String name, String... options) {
        var call = application.curl("broken", name);
        var racers = Stream.of("check", CommandRun.TEST_DATABASE, "--racer", call, "--racer", call);
        return asOwner(Stream.concat(racers, Stream.of(options)).toArray(String[]::new));
    }

    @Test
    void aRaceIsCheckedAndWhatIsLostIsSaid() {
        var run = check("{run}", "--gate", "write on app.plain", "--gate", "commit after app.plain");

        assertThat(run.err()).contains("\"" + OWNER + "\" is no superuser: no gates on DDL, and tables are not put"
                + " back");
        assertThat(run.out())
                .startsWith("ANOMALY")
                .contains("not covered: tables without a gate here, and what is not in this database\n");
        assertThat(run.status()).isEqualTo(ExitStatus.ANOMALY);
    }

    @Test
    void withoutFreshDataItCannotBe() {
        var run = check("the-same", "--gate", "write on app.plain");

        assertThat(run.err()).contains("Either put {run} into the racers' commands");
        assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USE);
    }

    @Test
    void gatesAreFoundOnlyWhereEveryTableIsOurs() {
        var run = check("{run}");

        // Which of them it names first depends on what other tests have made in this database.
        assertThat(run.err()).containsPattern("does not own \\S+.*Nothing was touched").contains("--gate 'write on TABLE'");
        assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USE);
    }

    @Test
    void anExpectedTableMustBeOurs() {
        var run = asOwner(
                "force", CommandRun.TEST_DATABASE, "--gate", "insert on app.plain", "--racer", "true", "--racer", "true",
                "--expect", "app.\"Unique\".rows=1");

        assertThat(run.err()).contains("does not own app.\"Unique\", which --expect names", "Nothing was touched");
        assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USE);
    }

    @Test
    void rowsOfATableThatALockHoldsAreCountedWhoeverOwnsIt() {
        var call = application.curl("polite", "{run}");
        Playground.sql("GRANT SELECT, INSERT, UPDATE ON app.\"Unique\" TO " + OWNER);

        var run = asOwner(
                "force", CommandRun.TEST_DATABASE, "--gate", "lock app.\"Unique\"", "--racer", call, "--racer", call,
                "--expect", "app.\"Unique\".rows=1");

        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitStatus.FINE);
    }

    @Test
    void ddlIsForSuperusers() {
        var run = asOwner(
                "force", CommandRun.TEST_DATABASE, "--gate", "ddl", "--racer", "true", "--racer", "true");

        assertThat(run.err()).contains("which only a superuser can make");
        assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USE);
    }
}
