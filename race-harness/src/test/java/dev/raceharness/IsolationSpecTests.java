package dev.raceharness;

import static dev.raceharness.Explorations.logged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.junit.RaceExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What is exported does in PostgreSQL's own isolationtester what it did here. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the embedded binaries for Windows come without isolationtester")
class IsolationSpecTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    private static Isolationtester isolationtester;

    @BeforeAll
    static void unpack(@TempDir Path folder) throws IOException {
        isolationtester = Isolationtester.unpackedTo(folder);
    }

    @BeforeAll
    static void tables() {
        Playground.sql(
                "CREATE TABLE spec_company (name text)",
                "CREATE TABLE spec_unique (name text PRIMARY KEY)",
                "CREATE TABLE spec_stock (name text, n int)");
    }

    @Test
    void checkThenActInsideOneStatement(Race race) throws Exception {
        var racer = logged("INSERT INTO spec_company SELECT ? WHERE NOT EXISTS (SELECT FROM spec_company WHERE name = ?)");
        var both = race.racer("ada", racer).racer("ben", racer);
        var witness = both.explore().assertAnomaly();

        var spec = both.isolationSpec(witness.schedule());
        var before = rows("spec_company");
        var printed = isolationtester(spec);

        assertThat(printed).contains("step open ada 1").doesNotContain("ERROR");
        assertThat(rows("spec_company")).isEqualTo(before + 2);
    }

    @Test
    void theLoserOfAUniqueConstraint(Race race) throws Exception {
        var racer = logged("SELECT count(*) FROM spec_unique WHERE name = ?", "INSERT INTO spec_unique VALUES (?)");
        var both = race.racer("ada", racer).racer("ben", racer);
        var schedule = "ada:start ben:start ada:spec_unique ben:spec_unique ada:after-spec_unique ada:commit";

        var printed = isolationtester(both.isolationSpec(schedule));

        assertThat(printed).containsOnlyOnce("duplicate key value violates unique constraint \"spec_unique_pkey\"");
    }

    @Test
    void aLostUpdate(Race race) throws Exception {
        Playground.sql("TRUNCATE spec_stock");
        Run.Action stock = run -> Playground.value("INSERT INTO spec_stock VALUES ('" + run.token() + "', 10) RETURNING n");
        var racer = logged("UPDATE spec_stock SET n = n - 1 WHERE name = ?");
        var both = race.holdAt(Gate.beforeUpdateOn("spec_stock"), Gate.beforeCommitAfter("spec_stock"))
                .before(stock)
                .racer("ada", racer)
                .racer("ben", racer);
        var spec = both.isolationSpec("ada:start ben:start ada:spec_stock ben:spec_stock ada:commit ben:commit");
        var token = spec.replaceAll("(?s).*name = '(r[a-z0-9]{11})'.*", "$1");
        Playground.sql("INSERT INTO spec_stock VALUES ('" + token + "', 10)");

        isolationtester(spec);

        assertThat(Playground.value("SELECT n FROM spec_stock WHERE name = '" + token + "'")).isEqualTo("8");
    }

    private static int rows(String table) {
        return Integer.parseInt(Playground.value("SELECT count(*) FROM " + table));
    }

    private static String isolationtester(String spec) throws IOException, InterruptedException {
        var database = Playground.database();
        return isolationtester.run(spec, database.jdbcUrl(), database.username(), database.password());
    }
}
