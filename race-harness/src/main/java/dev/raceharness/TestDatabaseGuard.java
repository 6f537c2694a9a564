package dev.raceharness;

import java.util.Optional;

/** Refuses databases that nobody declared to be for testing. */
final class TestDatabaseGuard {

    private TestDatabaseGuard() {}

    static void check(HarnessSession session, Optional<String> declaredInCode) {
        var batch = session.batch();
        var database = batch.ask("SELECT current_database()", row -> row.getString(1));
        var declaration = batch.ask(
                "SELECT coalesce(current_setting('race.test_database', true), '')", row -> row.getString(1));
        batch.send();
        var actual = database.rows().get(0);
        var declared = declaredInCode.or(() -> declaration.rows().stream().filter(text -> !text.isEmpty()).findFirst());
        if (!declared.equals(Optional.of(actual))) {
            throw new RaceSetupException("The database \"" + actual + "\" is not declared to be for testing"
                    + declared.map(name -> " (declared is \"" + name + "\")").orElse("") + ", so nothing was touched.\n"
                    + "If it may be tampered with, say so in one of these ways:\n"
                    + "  - in code: Race.on(dataSource).inTestDatabase(\"" + actual + "\"), but not with RaceExtension\n"
                    + "  - in the database: ALTER DATABASE \"" + actual + "\" SET race.test_database = '" + actual + "'\n"
                    + "  - let TestDatabase.start() make the database");
        }
    }
}
