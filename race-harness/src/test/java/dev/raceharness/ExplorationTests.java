package dev.raceharness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.junit.RaceExtension;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing is told but the two racers. */
class ExplorationTests {

    @RegisterExtension
    static final RaceExtension races = RaceExtension.on(Playground.owner());

    @BeforeAll
    static void tables() {
        Playground.sql(
                "CREATE TABLE company (name text)",
                "CREATE TABLE unique_company (name text PRIMARY KEY)",
                "CREATE TABLE account (owner text PRIMARY KEY, balance int)",
                "INSERT INTO account VALUES ('ada', 1), ('ben', 1)");
    }

    private static String insertIfAbsent(String table, String name) throws SQLException {
        return Playground.transaction(connection -> {
            try (var insert = connection.prepareStatement("INSERT INTO " + table
                    + " SELECT ? WHERE NOT EXISTS (SELECT FROM " + table + " WHERE name = ?)")) {
                insert.setString(1, name);
                insert.setString(2, name);
                insert.executeUpdate();
                return name;
            }
        });
    }

    private static String insertIfAbsentAndRecover(String name) throws SQLException {
        try {
            return insertIfAbsent("unique_company", name);
        } catch (SQLException e) {
            return insertIfAbsent("unique_company", name);
        }
    }

    @Test
    void insertWhereNotExistsWithoutAConstraintIsAnAnomaly(Race race) {
        var exploration = race.racer("ada", run -> insertIfAbsent("company", run.token()))
                .racer("ben", run -> insertIfAbsent("company", run.token()))
                .explore();
        System.out.println(exploration);
        var witness = exploration.assertAnomaly();

        System.out.println(witness.interleaving() + "\n" + witness.schedule());
        assertThat(exploration.complete()).isTrue();
        assertThat(witness.outcome().rows()).containsEntry("company", 2L);
    }

    @Test
    void withAConstraintAndRecoveryItIsSerializable(Race race) {
        var exploration = race.racer("ada", run -> insertIfAbsentAndRecover(run.token()))
                .racer("ben", run -> insertIfAbsentAndRecover(run.token()))
                .explore()
                .assertSerializable();
        System.out.println(exploration);
    }

    private static String withdraw(String owner, int isolation) throws SQLException {
        return Playground.transaction(connection -> {
            connection.setTransactionIsolation(isolation);
            int balance;
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT balance FROM account WHERE owner = '" + owner + "'")) {
                row.next();
                balance = row.getInt(1);
            }
            try (var update = connection.createStatement()) {
                update.executeUpdate(
                        "UPDATE account SET balance = " + (balance - 1) + " WHERE owner = '" + owner + "'");
            }
            return "withdrawn";
        });
    }

    @Test
    void aLostUpdateIsFoundByWhatTheRowsHold(Race race) {
        var exploration = race.racer("one", () -> withdraw("ada", 2))
                .racer("two", () -> withdraw("ada", 2))
                .explore();
        System.out.println(exploration);
        exploration.assertAnomaly();
    }
}
