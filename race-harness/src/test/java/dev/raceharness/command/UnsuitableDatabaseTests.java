package dev.raceharness.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.raceharness.InstalledHarness;
import dev.raceharness.Playground;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each is status 2 and says why; no racer starts, and the database is as it was. */
class UnsuitableDatabaseTests {

    private static final String ROLE = "race_guest_" + ProcessHandle.current().pid();

    @TempDir
    private Path folder;

    @BeforeAll
    static void tables() {
        Playground.sql(
                "CREATE TABLE guarded (name text)",
                "CREATE ROLE " + ROLE + " LOGIN PASSWORD 'guest'",
                "GRANT SELECT, INSERT ON guarded TO " + ROLE);
    }

    @AfterAll
    static void noTables() {
        Playground.sql("DROP OWNED BY " + ROLE, "DROP TABLE guarded", "DROP ROLE " + ROLE);
    }

    private void isRefused(String expected, Map<String, String> differences, String... options) {
        var environment = CommandRun.environment();
        environment.putAll(differences);
        var racer = "touch '" + folder.resolve("raced") + "' # {run}";
        var testDatabase = options.length > 0 ? options[0] : Playground.database().name();

        var run = CommandRun.raw(
                environment, "force", "--test-database", testDatabase, "--gate", "insert on guarded", "--racer", racer,
                "--racer", racer);

        assertThat(run.err()).contains(expected).doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(folder.resolve("raced")).doesNotExist();
        assertThat(Playground.value("SELECT count(*) FROM pg_trigger WHERE tgrelid ="
                + " 'guarded'::regclass")).isEqualTo("0");
    }

    @Test
    void oneThatIsNotThere() {
        isRefused("database \"nowhere\" does not exist", Map.of("PGDATABASE", "nowhere"), "nowhere");
    }

    @Test
    void aServerThatIsNotThere() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        isRefused("refused", Map.of("PGPORT", String.valueOf(free)));
    }

    @Test
    void oneThatIsNotTheOneDeclared() {
        isRefused("--test-database declares \"staging\"", Map.of(), "staging");
    }

    @Test
    void aRoleWithoutRights() {
        isRefused("may not make a schema in this database", Map.of("PGUSER", ROLE, "PGPASSWORD", "guest"));
    }

    @Test
    void aRoleThatDoesNotOwnTheTable() {
        Playground.sql("GRANT CREATE ON DATABASE " + Playground.database().name() + " TO " + ROLE);
        isRefused("does not own guarded", Map.of("PGUSER", ROLE, "PGPASSWORD", "guest"));
        Playground.sql("REVOKE CREATE ON DATABASE " + Playground.database().name() + " FROM " + ROLE);
    }

    @Test
    void aWrongPassword() throws Exception {
        try (var server = new ServerThatRefuses("28P01", "password authentication failed for user \"me\"")) {
            isRefused(
                    "password authentication failed for user \"me\"",
                    Map.of("PGHOST", "localhost", "PGPORT", String.valueOf(server.port()), "PGUSER", "me"));
        }
    }

    @Test
    void aVersionThatIsTooOld() {
        var facts = new Facts("shop", 140012, "postgres", true, true, false, true);

        assertThatThrownBy(facts::check).isInstanceOf(WrongUseException.class).hasMessageContaining("PostgreSQL 14,"
                + " but 15");
    }

    @Test
    void aStandby() {
        var facts = new Facts("shop", 180006, "postgres", true, true, true, true);

        assertThatThrownBy(facts::check).isInstanceOf(WrongUseException.class).hasMessageContaining("standby");
    }

    @Test
    void nothingOfTheHarnessIsThere() {
        assertThat(InstalledHarness.in(Playground.owner())).noneMatch(harness -> harness.tables().contains("guarded"));
    }
}
