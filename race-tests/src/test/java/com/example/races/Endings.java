package com.example.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.raceharness.Exploration;
import dev.raceharness.Exploration.Explored;
import dev.raceharness.RunOutcome;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the interleavings of an exploration end for people: what each was told, and what observers saw afterwards, such as
 * {@code ada 204; ben 404 not-found}. Serial orders alone do not tell what is right: a fault that they have too looks right.
 */
public record Endings(Exploration exploration) {

    public static Endings endingsOf(Exploration exploration) {
        return new Endings(exploration);
    }

    /** For outcomes that are forbidden. */
    public static boolean haveA500(RunOutcome outcome) {
        return outcome.results().values().stream().anyMatch(result -> result.matches(".*\\b500\\b.*"));
    }

    /** @throws AssertionError with an interleaving that ends otherwise, and the string that replays it */
    public void areExactly(String... expected) {
        var found = found();
        assertThat(found.keySet()).as(() -> describe(found, Set.of(expected))).containsExactlyInAnyOrder(expected);
    }

    private Map<String, Explored> found() {
        var found = new TreeMap<String, Explored>();
        exploration.interleavings().forEach(explored -> found.putIfAbsent(ending(explored.outcome()), explored));
        return found;
    }

    public static String ending(RunOutcome outcome) {
        var told = outcome.results().entrySet().stream()
                .map(racer -> racer.getKey() + " " + racer.getValue().replaceFirst("^returned ", ""));
        return Stream.concat(told, outcome.observed().stream()).collect(Collectors.joining("; "));
    }

    private String describe(Map<String, Explored> found, Set<String> expected) {
        return found.entrySet().stream()
                .filter(ending -> !expected.contains(ending.getKey()))
                .findFirst()
                .map(ending -> "endings; one that should not be:\n" + ending.getValue() + "\n")
                .orElse("endings; one that should be is missing:\n" + exploration);
    }
}
