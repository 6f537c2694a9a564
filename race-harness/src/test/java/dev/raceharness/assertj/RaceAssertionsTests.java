package dev.raceharness.assertj;

import static dev.raceharness.assertj.RaceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.raceharness.Gate;
import dev.raceharness.Outcome;
import dev.raceharness.Playground;
import dev.raceharness.Race;
import dev.raceharness.Verdict;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaceAssertionsTests {

    private static Outcome outcome;

    @BeforeAll
    static void raceOnce() {
        Playground.sql("DROP TABLE IF EXISTS asserted", "CREATE TABLE asserted (name text PRIMARY KEY)");
        outcome = Race.on(Playground.owner())
                .named("two of one name")
                .holdAt(Gate.beforeInsertOn("asserted"))
                .racer("ada", RaceAssertionsTests::insert)
                .racer("ben", RaceAssertionsTests::insert)
                .run();
    }

    private static String insert() throws SQLException {
        return Playground.transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("INSERT INTO asserted VALUES ('acme')");
                return "acme";
            }
        });
    }

    @Test
    void theyReadLikeThePlainOnes() {
        assertThat(outcome)
                .as("two of one name")
                .hasVerdict(Verdict.FORCED)
                .on("asserted")
                .attempted(2)
                .refused(1)
                .uniqueViolations(1)
                .uniqueViolationsOf("asserted_pkey", 1)
                .rows(1);
    }

    @Test
    void theDescriptionComesFirstAndTheInterleavingLast() {
        assertThatThrownBy(() -> assertThat(outcome).as("one organization for all").on("asserted").rows(2))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("[one organization for all] Expected 2 rows on asserted, but the database says 1")
                .message()
                .satisfies(RaceAssertionsTests::showsOneColumnARacer);
    }

    @Test
    void thePlainOnesShowTheInterleavingToo() {
        assertThatThrownBy(() -> dev.raceharness.RaceAssertions.assertThat(outcome).on("asserted").rows(2))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessageStartingWith("Expected 2 rows on asserted, but the database says 1")
                .message()
                .satisfies(RaceAssertionsTests::showsOneColumnARacer);
    }

    private static void showsOneColumnARacer(String message) {
        assertThat(message)
                .contains("FORCED: 2 of 2 racers held at before insert on asserted; released together")
                .containsPattern("(?m)^ +ms \\| ada +\\| ben$")
                .containsPattern("(?m)^ +[0-9.]+ \\| held before insert on asserted +\\|$")
                .containsPattern("(?m)^ +[0-9.]+ \\| +\\| held before insert on asserted$")
                .containsPattern("(?m)^ +[0-9.]+ \\|.* (returns acme|throws org.postgresql)");
    }

    @Test
    void theFailureOfTheRacerIsTheCause() {
        var failure = catchThrowableOfType(AssertionError.class, () -> assertThat(outcome).everyRacerSucceeded());

        assertThat(failure).hasCauseInstanceOf(SQLException.class).hasMessageContaining("Expected every racer to succeed");
    }

    @Test
    void softAssertionsCollectAllThatIsWrong() {
        var softly = new SoftAssertions();
        softly.check(() -> assertThat(outcome).on("asserted").rows(7));
        softly.check(() -> assertThat(outcome).on("asserted").attempted(2));
        softly.check(() -> assertThat(outcome).hasVerdict(Verdict.SERIALISED));
        softly.proxy(OutcomeAssert.class, Outcome.class, outcome).everyRacerReturnedTheSame();

        assertThat(softly.errorsCollected()).hasSize(3);
        assertThat(softly.errorsCollected().get(0)).hasMessageContaining("Expected 7 rows on asserted");
    }

    /** Whoever adds an assertion to one adds it to the other. */
    @ParameterizedTest
    @ValueSource(classes = {OutcomeAssert.class, TableAssert.class})
    void everyPlainAssertionIsThere(Class<?> assertion) throws ClassNotFoundException {
        var plain = Class.forName("dev.raceharness." + assertion.getSimpleName());

        assertThat(signatures(assertion.getDeclaredMethods())).containsAll(signatures(plain.getDeclaredMethods()));
    }

    private static List<String> signatures(Method[] methods) {
        return Arrays.stream(methods)
                .filter(method -> java.lang.reflect.Modifier.isPublic(method.getModifiers()))
                .map(method -> method.getName() + Arrays.toString(method.getParameterTypes()))
                .toList();
    }
}
