package dev.raceharness;

import java.util.Optional;

/** Refuses databases that nobody declared to be for testing. */
final class TestDatabaseGuard {

    private TestDatabaseGuard() {}

    static void check(HarnessSession session, Optional<String> declaredInCode) {
        var actual = session.queryOne("SELECT current_database()", row -> row.getString(1));
        var declared = declaredInCode.or(() -> session
                .query("SELECT current_setting('race.test_database', true)", row -> Optional.ofNullable(row.getString(1)))
                .get(0)
                .filter(name -> !name.isEmpty()));
        if (!declared.equals(Optional.of(actual))) {
            throw new RaceSetupException("The database \"" + actual + "\" is not declared to be for testing"
                    + declared.map(name -> " (declared is \"" + name + "\")").orElse("") + ", so nothing was touched.\n"
                    + "If it may be tampered with, say so in one of these ways:\n"
                    + "  - in code: Race.on(dataSource).inTestDatabase(\"" + actual + "\")\n"
                    + "  - in the database: ALTER DATABASE \"" + actual + "\" SET race.test_database = '" + actual + "'\n"
                    + "  - let TestDatabase.start() make the database");
        }
    }
}
