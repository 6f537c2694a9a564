package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;

import java.sql.SQLException;
import javax.sql.DataSource;

/** A table that harnesses of several threads and processes race on. */
final class Tenants {

    private Tenants() {}

    static void create() {
        Playground.sql("DROP TABLE IF EXISTS tenant", "CREATE TABLE tenant (name text PRIMARY KEY)");
    }

    /** A race of two for this name, with every session armed. */
    static Race raceFor(String name, Race race, DataSource application) {
        return race.holdAt(beforeInsertOn("tenant"))
                .armedBy(Arming.everySession())
                .racer("ada", () -> insert(name, application))
                .racer("ben", () -> insert(name, application));
    }

    static String insert(String name, DataSource application) throws SQLException {
        try (var connection = application.getConnection();
                var insert = connection.prepareStatement("INSERT INTO tenant VALUES (?)")) {
            insert.setString(1, name);
            insert.executeUpdate();
            return name;
        }
    }

    static boolean isForcedAndExact(Outcome outcome) {
        var figures = outcome.evidence().on("tenant");
        return outcome.verdict() == Verdict.FORCED
                && figures.attempted().orElse(-1) == 2
                && figures.uniqueViolations().orElse(-1) == 1
                && figures.rows() == 1;
    }
}
