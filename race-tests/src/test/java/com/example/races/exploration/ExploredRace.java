package com.example.races.exploration;

import com.example.races.RaceSource;
import dev.raceharness.Exploration;
import dev.raceharness.Race;
import dev.raceharness.RunOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A race of the catalogue, explored with nothing told but its two racers; twice, with pruning and without.
 *
 * @param test such as {@code FirstLogin01TwoColleaguesTests#withoutConstraintsTheyGetTwoOrganizations}
 * @param refusal why it could not be explored
 */
record ExploredRace(
        String test,
        boolean broken,
        Optional<Exploration> exploration,
        Optional<Exploration> withoutPruning,
        Optional<String> refusal) {

    /** In the documentation, between what a race may come out as if that changes from time to time. */
    private static final String OR = " or ";

    private static final String AS_IT_SHOULD = "as it should";
    private static final int MOST_OF_BROKEN = 100;
    static final String NOT_EXPLORED = "not explored";

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);
    private static final int MOST_OF_FIXED = 300;
    private static final int MOST_WITHOUT_PRUNING = 100;

    static ExploredRace of(Race race, ExtensionContext test) {
        var type = test.getRequiredTestClass();
        var method = test.getRequiredTestMethod().getName();
        var name = type.getSimpleName() + "#" + method;
        var comment = RaceSource.of(type).commentOn(method);
        var broken = comment.startsWith("Broken") || comment.startsWith("Half fixed");
        if (race.racers().size() != 2) {
            return refused(name, broken, race.racers().size() + " racers");
        }
        var alone = race.racersAlone();
        try {
            return new ExploredRace(
                    name,
                    broken,
                    Optional.of((broken ? soonAnomalous(alone) : alone.atMost(MOST_OF_FIXED)).explore()),
                    Optional.of(alone.withoutPruning().atMost(MOST_WITHOUT_PRUNING).explore()),
                    Optional.empty());
        } catch (RuntimeException failure) {
            return refused(name, broken, failure.toString().split("\n\n")[0]);
        }
    }

    /** Broken forms may lack whatever would let only few interleavings be: those come first that are likely to tell. */
    private static Race soonAnomalous(Race alone) {
        return alone.atMost(MOST_OF_BROKEN).exploreWithin(LONG_ENOUGH);
    }

    private static ExploredRace refused(String test, boolean broken, String why) {
        return new ExploredRace(test, broken, Optional.empty(), Optional.empty(), Optional.of(why));
    }

    /** In the words in which the documentation lists exceptions; empty if it is as it should be. */
    Optional<String> exception() {
        if (exploration.isEmpty()) {
            return Optional.of(NOT_EXPLORED);
        }
        var anomalous = exploration.get().witness().isPresent();
        if (broken) {
            return anomalous ? Optional.empty() : Optional.of("no anomaly");
        }
        if (anomalous) {
            return Optional.of("anomaly");
        }
        return exploration.get().complete() ? Optional.empty() : Optional.of("not complete");
    }

    /** @param documented what the documentation says, if it says anything */
    boolean comesOutAs(Optional<String> documented) {
        return mayBe(exception().orElse(AS_IT_SHOULD), documented.orElse(AS_IT_SHOULD));
    }

    static boolean mayBe(String comesOut, String documented) {
        return List.of(documented.split(OR)).contains(comesOut);
    }

    /** What pruning has lost: without it there are outcomes that were not found with it, or the other way round. */
    boolean pruningChangesOutcomes() {
        if (exploration.isEmpty() || !exploration.get().complete()) {
            return false;
        }
        var all = outcomes(withoutPruning.get());
        var found = outcomes(exploration.get());
        return withoutPruning.get().complete() ? !all.equals(found) : !found.containsAll(all);
    }

    private static Set<RunOutcome> outcomes(Exploration exploration) {
        return exploration.interleavings().stream().map(Exploration.Explored::outcome).collect(Collectors.toSet());
    }

    /** A row of a table in Markdown. */
    String row() {
        return "| %s | %s | %s | %s | %s |".formatted(
                test,
                broken ? "broken" : "fixed",
                exploration.map(ExploredRace::figures).orElse(""),
                withoutPruning.map(ExploredRace::figures).orElse(""),
                exception().orElse("") + refusal.map(why -> ": " + why).orElse(""));
    }

    private static String figures(Exploration exploration) {
        return exploration.interleavings().size() + (exploration.complete() ? "" : " and more") + ", "
                + exploration.anomalies().size() + " anomalous"
                + (exploration.pruned() == 0 ? "" : ", " + exploration.pruned() + " given up");
    }

    @Override
    public String toString() {
        return row() + exploration.map(found -> "\n" + found.witness().map(Object::toString).orElse("") + "\n" + found)
                .orElse("");
    }
}
