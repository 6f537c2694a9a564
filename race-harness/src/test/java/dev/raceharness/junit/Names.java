package dev.raceharness.junit;

import static dev.raceharness.Gate.beforeInsertOn;

import dev.raceharness.Outcome;
import dev.raceharness.Playground;
import dev.raceharness.Race;
import java.sql.SQLException;

/** The table of the fixtures in this package, and the race for one name in it. */
final class Names {

    private static final String TABLE = "taken_name";

    private Names() {}

    static void create() {
        Playground.sql("DROP TABLE IF EXISTS " + TABLE, "CREATE TABLE " + TABLE + " (name text PRIMARY KEY)");
    }

    static Outcome raceFor(String name, Race race) {
        return gated(race).racer("ada", () -> take(name)).racer("ben", () -> take(name)).run();
    }

    static Race gated(Race race) {
        return race.holdAt(beforeInsertOn(TABLE));
    }

    static String take(String name) throws SQLException {
        return Playground.transaction(connection -> {
            try (var insert = connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?)")) {
                insert.setString(1, name);
                insert.executeUpdate();
                return name;
            }
        });
    }

    /** A racer that never writes. */
    static String look(String name) {
        return name;
    }
}
