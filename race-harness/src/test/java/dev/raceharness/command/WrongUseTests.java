package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each is status 2, says what was expected, and starts no racer. */
class WrongUseTests {

    @TempDir
    private Path folder;

    private static Stream<Arguments> badCommandLines() {
        return Stream.of(
                line("A command is missing: check, force, replay, status or remove"),
                line("Missing required options: '--test-database=NAME', '--racer=COMMAND'", "check"),
                line("at least two racers", "check", "{db}", "--racer", "{touch}"),
                line("Unknown options: '--gates'", "check", "{db}", "{two}", "--gates", "insert on t"),
                line("'insert users' is no gate", "check", "{db}", "{two}", "--gate", "insert users"),
                line("Missing required option: '--gate=GATE'", "force", "{db}", "{two}"),
                line("There is no table nowhere", "force", "{db}", "{two}", "--gate", "insert on nowhere"),
                line("There is no table nowhere, which --expect names", "force", "{db}", "{two}", "--gate", "lock pg_class",
                        "--expect", "nowhere.rows=1"),
                line("pg_views, which --expect names, is no table", "force", "{db}", "{two}", "--gate", "lock pg_class",
                        "--expect", "pg_views.rows=1"),
                line("it cannot follow --schedule 2,1", "force", "{db}", "{two}", "--gate", "lock pg_class",
                        "--schedule", "2,1", "--before", "{touch}"),
                line("'1:' is no step", "force", "{db}", "{two}", "--gate", "ddl", "--schedule", "1:"),
                line("'users=1' is no expectation", "force", "{db}", "{two}", "--gate", "ddl", "--expect", "users=1"),
                line("the racers are 1 to 2", "force", "{db}", "{two}", "--gate", "ddl", "--schedule", "3,1"),
                line("--ignore takes a regular expression", "check", "{db}", "{two}", "--ignore", "("),
                line("'soon' is not a double", "check", "{db}", "{two}", "--arrive", "soon"),
                line("--within is seconds and more than 0", "check", "{db}", "{two}", "--within", "0"),
                line("it is for race force", "check", "{db}", "{two}", "--gate", "lock pg_class"),
                line("cannot name {run}", "check", "{db}", "{two}", "--gate", "insert on t when (NEW.name = '{run}')"),
                line("There is no database role \"nobody\"", "check", "{db}", "{two}", "--sessions", "nobody"),
                line("carries a password", "status", "{db}", "--url", "postgresql://me:secret@localhost/shop"),
                line("is no address of a PostgreSQL database", "status", "{db}", "--url", "mysql://localhost/shop"),
                line("expected a file in a folder that exists", "check", "{db}", "{two}", "--json", "/nowhere/x"),
                line("expected a file in a folder that exists", "check", "{db}", "{two}", "--json", "{file}/x.json"),
                line("expected a folder that can be made or written", "check", "{db}", "{two}", "--report", "{file}"),
                line("expected a folder that can be made or written", "check", "{db}", "{two}", "--report", "{file}/x/y"),
                line("There is no file", "replay", "{db}", "nowhere.json"));
    }

    private static Arguments line(String expected, String... arguments) {
        return Arguments.of(expected, List.of(arguments));
    }

    @ParameterizedTest
    @MethodSource("badCommandLines")
    void isToldWhatIsWrong(String expected, List<String> arguments) throws Exception {
        var file = Files.createFile(folder.resolve("file"));
        var racer = "touch '" + folder.resolve("raced") + "' # {run}";
        var all = new ArrayList<String>();
        for (var argument : arguments) {
            switch (argument) {
                case "{db}" -> all.add(CommandRun.TEST_DATABASE);
                case "{two}" -> all.addAll(List.of("--racer", racer, "--racer", racer));
                case "{touch}" -> all.add(racer);
                default -> all.add(argument.replace("{file}", file.toString()));
            }
        }

        var before = CommandRun.run("status").out();

        var run = CommandRun.raw(CommandRun.environment(), all.toArray(String[]::new));

        assertThat(run.err()).contains(expected).doesNotContain("secret", "Exception");
        assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(folder.resolve("raced")).doesNotExist();
        assertThat(CommandRun.run("status").out()).isEqualTo(before);
    }

    @Test
    void whatIsNoResultCannotBeReplayed() throws Exception {
        var file = Files.writeString(folder.resolve("x.json"), "{\"verdict\": \"NOT_REACHED\"}");

        var run = CommandRun.run("replay", file.toString());

        assertThat(run.err()).contains("records no interleaving");
        assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USE);
    }

    @Test
    void aFixtureThatFailsIsNamed() {
        var racer = "touch '" + folder.resolve("raced") + "' # {run}";

        var run = CommandRun.run("check", "--racer", racer, "--racer", racer, "--before", "echo no such user >&2;"
                + " exit 7");

        assertThat(run.err()).contains("The command of --before failed", "exit 7: no such user");
        assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(folder.resolve("raced")).doesNotExist();
    }
}
