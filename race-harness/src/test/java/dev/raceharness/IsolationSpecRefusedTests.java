package dev.raceharness;

import static dev.raceharness.Explorations.logged;
import static dev.raceharness.Explorations.transaction;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.raceharness.junit.RaceExtension;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot be exported is refused in words. */
class IsolationSpecRefusedTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    @BeforeAll
    static void table() {
        Playground.sql("CREATE TABLE refused (name text)");
    }

    @Test
    void sessionsThatDoNotLogTheirStatementsAreToldTo(Race race) {
        var silent = transaction("INSERT INTO refused VALUES ('TOKEN')");
        var both = race.racer("ada", silent).racer("ben", silent);
        assertThatThrownBy(() -> both.isolationSpec("ada:start ben:start ada:refused ada:after-refused ada:commit"
                        + " ben:refused ben:after-refused ben:commit"))
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("log_statement = 'all'");
    }

    @Test
    void whatIsolationtesterDoesNotKnowIsRefused(Race race) {
        var racer = logged("INSERT INTO refused VALUES (?)");
        var both = race.racer("ada", racer).racer("ben", racer);
        assertThatThrownBy(() -> both.isolationSpec("ada:refused!terminate"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("knows no faults");
        Callable<String> call = () -> "";
        assertThatThrownBy(() -> both.holdAt(CallGate.before(Callable.class, call, "call")).isolationSpec("ada:call"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("before Callable.call");
        var braces = logged("INSERT INTO refused VALUES (? || '{}')");
        assertThatThrownBy(() -> race.racer("ada", braces).racer("ben", braces)
                        .isolationSpec("ada:start ada:refused ada:after-refused ada:commit ben:start"
                                + " ben:refused ben:after-refused ben:commit"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot contain a brace");
    }
}
