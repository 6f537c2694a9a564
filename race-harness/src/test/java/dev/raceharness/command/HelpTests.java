package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says of itself. */
class HelpTests {

    private static CommandRun run(String... arguments) {
        return CommandRun.raw(Map.of(), arguments);
    }

    @Test
    void theHelpHasTheCommandsAndTheExitStatuses() {
        var help = run("--help");

        assertThat(help.out())
                .contains("Usage: race", "check", "force", "replay", "status", "remove", "completion", "Exit status")
                .doesNotContain("\033[");
        assertThat(help.status()).isEqualTo(ExitStatus.FINE);
    }

    @ParameterizedTest
    @CsvSource({
        "check, --url --test-database --gate --racer --before --observe --observe-sql --ignore --sessions"
                + " --max-interleavings --arrive --finish --json --report",
        "force, --url --test-database --gate --racer --before --observe --observe-sql --schedule --sessions --arrive"
                + " --finish --expect --json --report",
        "replay, --url --test-database FILE --json --report",
        "status, --url --test-database",
        "remove, --url --test-database"
    })
    void eachCommandHasHelpOfItsOwn(String command, String options) {
        assertThat(run(command, "--help").out()).contains(options.split(" "));
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(run("--version").out()).startsWith("race ").hasLineCount(1);
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        assertThat(run("completion").out()).contains("complete -F _complete_race", "check", "--test-database");
    }
}
