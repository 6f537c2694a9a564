package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;

import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** A program that has nothing but the harness and the driver. */
final class BareRace {

    private BareRace() {}

    public static void main(String[] arguments) {
        var database = new PGSimpleDataSource();
        database.setUrl(arguments[0]);
        database.setUser(arguments[1]);
        database.setPassword(arguments[2]);
        var outcome = Race.on(database)
                .named("bare race")
                .holdAt(beforeInsertOn("bare"))
                .armedBy(Arming.everySession())
                .racer("ada", () -> insert(database))
                .racer("ben", () -> insert(database))
                .run();
        RaceAssertions.assertThat(outcome).on("bare").attempted(2).uniqueViolations(1).rows(1);
        System.out.println(outcome);
    }

    private static int insert(PGSimpleDataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate("INSERT INTO bare VALUES ('acme')");
        }
    }
}
