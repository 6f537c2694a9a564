package dev.raceharness;

import static dev.raceharness.Explorations.bothWays;
import static dev.raceharness.Gate.afterWriteOn;
import static dev.raceharness.Gate.beforeCommitAfter;
import static dev.raceharness.Gate.beforeWriteOn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.junit.RaceExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each isolation level lets happen; the table in docs/isolation-levels.md says the same. */
class IsolationLevelsTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    private static final List<String> LEVELS = List.of("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE");
    private static final String HAPPENS = "happens";
    private static final String NEVER = "never";
    private static final String REFUSED = "refused with 40001";

    private static final List<String> ROWS = new ArrayList<>();

    @BeforeAll
    static void tables() {
        Playground.sql(
                "CREATE TABLE savings (owner text PRIMARY KEY, balance int)",
                "INSERT INTO savings VALUES ('ada', 100), ('ben', 100)",
                "CREATE TABLE doctor (name text PRIMARY KEY, on_call boolean)",
                "INSERT INTO doctor VALUES ('ada', true), ('ben', true)",
                "CREATE TABLE note (text text)");
    }

    private static Callable<String> at(String level, String... statements) {
        var all = new ArrayList<String>();
        all.add("SET TRANSACTION ISOLATION LEVEL " + level);
        all.addAll(List.of(statements));
        return Playground.armed(all.toArray(String[]::new));
    }

    private static Race lostUpdate(Race race, String level) {
        var deposit = new String[] {
            "SELECT set_config('app.balance', (SELECT balance::text FROM savings WHERE owner = 'ada'), true)",
            "UPDATE savings SET balance = current_setting('app.balance')::int + 1 WHERE owner = 'ada'"
        };
        return race.racer("ada", at(level, deposit)).racer("ben", at(level, deposit));
    }

    /** A reader cannot be held between two reads; it is held where it writes a note between them. */
    private static Race readSkew(Race race, String level) {
        return heldAtNotes(race)
                .racer("ada", at(level,
                        "SELECT set_config('app.first', (SELECT balance::text FROM savings WHERE owner = 'ada'), true)",
                        "INSERT INTO note VALUES ('read ada')",
                        "SELECT current_setting('app.first')::int + balance FROM savings WHERE owner = 'ben'"))
                .racer("ben", at(level,
                        "UPDATE savings SET balance = balance - 10 WHERE owner = 'ada'",
                        "UPDATE savings SET balance = balance + 10 WHERE owner = 'ben'"));
    }

    private static Race phantom(Race race, String level) {
        return heldAtNotes(race)
                .racer("ada", at(level,
                        "SELECT set_config('app.first', (SELECT count(*)::text FROM savings WHERE balance > 50), true)",
                        "INSERT INTO note VALUES ('counted')",
                        "SELECT current_setting('app.first') || ' then ' || count(*) FROM savings WHERE balance > 50"))
                .racer("ben", at(level, "INSERT INTO savings VALUES ('cat', 100)"));
    }

    private static Race heldAtNotes(Race race) {
        return race.holdAt(
                beforeWriteOn("note"), beforeWriteOn("savings"), afterWriteOn("savings"), beforeCommitAfter("savings"));
    }

    private static Race writeSkew(Race race, String level) {
        return race.racer("ada", at(level, goOffCall("ada"))).racer("ben", at(level, goOffCall("ben")));
    }

    private static String goOffCall(String name) {
        return "UPDATE doctor SET on_call = false WHERE name = '" + name
                + "' AND (SELECT count(*) FROM doctor WHERE on_call) = 2";
    }

    @FunctionalInterface
    private interface Anomaly {
        Race at(Race race, String level);
    }

    private static List<String> explore(String name, Race race, Anomaly anomaly) {
        var cells = LEVELS.stream().map(level -> verdict(anomaly.at(race.named(name + ", " + level), level))).toList();
        ROWS.add("| " + name + " | " + String.join(" | ", cells) + " |");
        return cells;
    }

    private static String verdict(Race race) {
        var exploration = bothWays(race.accept("one is refused", outcome -> outcome.results().values().stream()
                .anyMatch(result -> result.contains("40001"))));
        if (exploration.witness().isPresent()) {
            return HAPPENS;
        }
        return exploration.interleavings().stream()
                        .anyMatch(explored -> explored.grade() == Exploration.Grade.ACCEPTED)
                ? REFUSED
                : NEVER;
    }

    @Test
    void areAsDocumented(Race race) throws Exception {
        assertThat(explore("lost update (P4)", race, IsolationLevelsTests::lostUpdate))
                .containsExactly(HAPPENS, REFUSED, REFUSED);
        assertThat(explore("read skew (A5A)", race, IsolationLevelsTests::readSkew))
                .containsExactly(HAPPENS, NEVER, NEVER);
        assertThat(explore("phantom (A3)", race, IsolationLevelsTests::phantom)).containsExactly(HAPPENS, NEVER, NEVER);
        assertThat(explore("write skew (G2-item)", race, IsolationLevelsTests::writeSkew))
                .containsExactly(HAPPENS, HAPPENS, REFUSED);

        var table = "| | " + String.join(" | ", LEVELS) + " |\n|---|---|---|---|\n"
                + ROWS.stream().map(row -> row + "\n").collect(Collectors.joining());
        assertThat(Files.readString(Path.of("docs", "isolation-levels.md")))
                .as("docs/isolation-levels.md has this table:\n" + table)
                .contains(table);
    }
}
