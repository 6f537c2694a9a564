package com.example.races.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.races.RaceSource;
import com.example.races.Reruns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * Every race of the catalogue, explored with nothing told but its two racers: each broken form shows an anomaly, each fixed
 * one comes out complete and clean, and pruning changes nothing. What is otherwise stands in the documentation, with the
 * reason. It takes minutes, so the usual build leaves it out.
 */
@ExtendWith(Reruns.ForTests.class)
class EveryRaceExploredTests {

    /** {@code | Test#method | what it comes to | why |} */
    private static final Path DOCUMENTATION = Path.of("../docs/explored-races.md");

    static Stream<Class<?>> races() {
        var only = System.getProperty("race.only", ".*");
        return RaceSource.races().filter(race -> race.getSimpleName().matches(only));
    }

    @Tag("every-race-explored")
    @ParameterizedTest
    @MethodSource("races")
    void comesOutAsItShould(Class<?> race, Reruns reruns) throws Exception {
        var documented = documented();
        reruns.withExtensions(race);
        var explored = ExploresInstead.takeExplored();

        explored.forEach(one -> System.out.println(one.row()));
        assertThat(explored.stream().filter(ExploredRace::pruningChangesOutcomes))
                .as("with pruning other outcomes than without it")
                .isEmpty();
        assertThat(explored.stream().filter(one -> !one.comesOutAs(exceptionOf(one.test(), documented))))
                .as("not as it should come out, or not as %s says", DOCUMENTATION)
                .isEmpty();
        assertThat(RaceSource.testsThatTakeARace(race).stream().filter(test -> !withFaults(race).contains(test)))
                .as("every test was explored, or stands in %s as not explored", DOCUMENTATION)
                .allMatch(test -> explored.stream().anyMatch(one -> one.test().equals(test))
                        || ExploredRace.mayBe(
                                ExploredRace.NOT_EXPLORED, exceptionOf(test, documented).orElse("")));
    }

    @Test
    void whatTheDocumentationSaysIsAboutTestsThatAreThere() throws Exception {
        var tests = RaceSource.races().flatMap(race -> RaceSource.testsThatTakeARace(race).stream()).toList();

        assertThat(documented()).isNotEmpty().extracting(row -> row.get(0)).isSubsetOf(tests);
    }

    /** These are explorations themselves, and the next step of the same command. */
    private static List<String> withFaults(Class<?> race) {
        return AnnotationSupport.findAnnotatedMethods(race, WithEveryFault.class, HierarchyTraversalMode.TOP_DOWN).stream()
                .map(method -> race.getSimpleName() + "#" + method.getName())
                .toList();
    }

    private static List<List<String>> documented() throws Exception {
        return Files.readString(DOCUMENTATION)
                .lines()
                .filter(line -> line.contains("Tests#"))
                .map(line -> List.of(line.replaceAll("^\\| | \\|$", "").split(" \\| ")))
                .toList();
    }

    private static Optional<String> exceptionOf(String test, List<List<String>> documented) {
        return documented.stream().filter(row -> row.get(0).equals(test)).findFirst().map(row -> row.get(1));
    }
}
