package dev.raceharness;

import static dev.raceharness.Gate.beforeInsertOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestDatabaseGuardTests {

    private static final String NAME = "production_like";

    private DataSource database;
    private List<String> before;

    @BeforeEach
    void databaseThatNobodyDeclared() throws SQLException {
        Databases.drop(NAME);
        database = Databases.undeclared(NAME);
        execute("CREATE TABLE customer (name text PRIMARY KEY)");
        before = Catalog.of(database);
    }

    @AfterEach
    void drop() {
        Databases.drop(NAME);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Race race() {
        return Race.on(database)
                .holdAt(beforeInsertOn("customer"))
                .armedBy(Arming.everySession())
                .racer("ada", () -> insert())
                .racer("ben", () -> insert());
    }

    private String insert() throws SQLException {
        execute("INSERT INTO customer VALUES ('acme')");
        return "acme";
    }

    @Test
    void anUndeclaredDatabaseIsRefusedWithThreeWaysOutAndNothingIsTouched() {
        assertThatThrownBy(race()::run)
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("\"production_like\" is not declared to be for testing, so nothing was touched")
                .hasMessageContaining("Race.on(dataSource).inTestDatabase(\"production_like\")")
                .hasMessageContaining("ALTER DATABASE \"production_like\" SET race.test_database = 'production_like'")
                .hasMessageContaining("TestDatabase.start()");

        assertThatNothingWasTouched();
    }

    @Test
    void aHarnessThatIsKeptIsRefusedToo() {
        assertThatThrownBy(() -> RaceHarness.open(database))
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("not declared to be for testing");

        assertThatNothingWasTouched();
    }

    @Test
    void theNameOfAnotherDatabaseDeclaresNothing() {
        assertThatThrownBy(race().inTestDatabase("production_like_2")::run)
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("not declared to be for testing (declared is \"production_like_2\")");

        assertThatNothingWasTouched();
    }

    @Test
    void aSettingCopiedFromAnotherDatabaseDeclaresNothing() throws SQLException {
        execute("ALTER DATABASE production_like SET race.test_database = 'some_test_database'");

        assertThatThrownBy(race()::run)
                .isInstanceOf(RaceSetupException.class)
                .hasMessageContaining("(declared is \"some_test_database\")");

        assertThatNothingWasTouched();
    }

    @Test
    void aDeclarationInCodeOpensIt() {
        assertThat(race().inTestDatabase(NAME).run().verdict()).isEqualTo(Verdict.FORCED);
        assertThat(Catalog.of(database)).isEqualTo(before);
    }

    @Test
    void aDeclarationInTheDatabaseOpensIt() throws SQLException {
        execute("ALTER DATABASE production_like SET race.test_database = 'production_like'");

        assertThat(race().run().verdict()).isEqualTo(Verdict.FORCED);
    }

    private void assertThatNothingWasTouched() {
        assertThat(Catalog.of(database)).isEqualTo(before);
        assertThat(Catalog.advisoryLocks(database)).isEmpty();
        assertThat(Catalog.strings(database, "SELECT name FROM customer")).isEmpty();
    }
}
