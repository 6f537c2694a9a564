package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static dev.raceharness.RaceAssertions.assertThat;

import dev.raceharness.junit.RaceExtension;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirstRaceTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    @BeforeAll
    static void table() {
        Playground.sql("CREATE TABLE first_race (name text PRIMARY KEY)");
    }

    private static String insert(String name) throws SQLException {
        return Playground.transaction(connection -> {
            try (var statement = connection.prepareStatement("INSERT INTO first_race VALUES (?)")) {
                statement.setString(1, name);
                statement.executeUpdate();
                return name;
            }
        });
    }

    @Test
    void twoInsertsOfOneKey(Race race) {
        for (int i = 0; i < 5; i++) {
            var name = "acme " + i;
            var outcome = race.holdAt(beforeInsertOn("first_race"))
                    .racer("ada", () -> insert(name))
                    .racer("ben", () -> insert(name))
                    .run();
            assertThat(outcome).on("first_race").attempted(2).uniqueViolations(1).rows(1);
        }
    }
}
