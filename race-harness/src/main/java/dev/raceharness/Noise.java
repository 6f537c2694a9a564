package dev.raceharness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs when the same racers do the same again, such as tokens, hashes, and identifiers that the application makes
 * itself. It says nothing about an interleaving, so it is masked before outcomes are compared.
 *
 * <p>Two things are noise: a word that looks generated and that only a single run has; and any word at a place at which
 * two runs of the same schedule had different ones.
 */
final class Noise {

    private final Map<String, Integer> runsWithWord = new HashMap<>();
    private final Map<String, BitSet> differing = new HashMap<>();
    private final Set<String> places = new TreeSet<>();
    private boolean found;

    /** Every run is to be heard of once; until something {@linkplain #learn differs}, nothing is masked. */
    void hear(RunOutcome outcome) {
        var words = new HashSet<String>();
        texts(outcome).forEach((place, texts) -> texts.forEach(text -> {
            var matcher = Wording.WORD.matcher(text);
            while (matcher.find()) {
                words.add(matcher.group());
            }
        }));
        words.forEach(word -> runsWithWord.merge(word, 1, Integer::sum));
    }

    private boolean onlyOnce(String word) {
        return runsWithWord.getOrDefault(word, 0) <= 1;
    }

    /** Two runs of the same schedule, both of which were heard of. */
    void learn(RunOutcome first, RunOutcome again) {
        if (first.equals(again)) {
            return;
        }
        found = true;
        var these = texts(generatedMasked(first));
        var those = texts(generatedMasked(again));
        these.forEach((place, texts) -> {
            var others = those.getOrDefault(place, List.of());
            for (int i = 0; i < texts.size() && texts.size() == others.size(); i++) {
                learn(place, texts.get(i), others.get(i));
            }
        });
    }

    private void learn(String place, String text, String other) {
        var words = new Wording(text, this::onlyOnce);
        var others = new Wording(other, this::onlyOnce);
        if (words.skeleton().equals(others.skeleton())) {
            differing.computeIfAbsent(place + words.skeleton(), key -> new BitSet()).or(words.differingFrom(others));
        }
    }

    /** Where something was masked, in words. */
    Set<String> places() {
        return Set.copyOf(places);
    }

    RunOutcome mask(RunOutcome outcome) {
        if (!found) {
            return outcome;
        }
        var masked = generatedMasked(outcome);
        var result = map(masked, (place, text) -> {
            var words = new Wording(text, this::onlyOnce);
            return words.without(differing.getOrDefault(place + words.skeleton(), new BitSet()));
        });
        notePlaces(texts(outcome), texts(result));
        return result;
    }

    private void notePlaces(Map<String, List<String>> before, Map<String, List<String>> after) {
        before.forEach((place, texts) -> {
            if (!texts.equals(after.get(place))) {
                places.add(place);
            }
        });
    }

    private RunOutcome generatedMasked(RunOutcome outcome) {
        return map(outcome, (place, text) -> Wording.withoutGenerated(text, this::onlyOnce));
    }

    @FunctionalInterface
    private interface Change {
        String of(String place, String text);
    }

    private static Map<String, List<String>> texts(RunOutcome outcome) {
        var texts = new LinkedHashMap<String, List<String>>();
        map(outcome, (place, text) -> {
            texts.computeIfAbsent(place, key -> new ArrayList<>()).add(text);
            return text;
        });
        return texts;
    }

    private static RunOutcome map(RunOutcome outcome, Change change) {
        var results = new LinkedHashMap<String, String>();
        outcome.results().forEach((racer, text) -> results.put(racer, change.of("the result of " + racer, text)));
        var contents = new TreeMap<String, List<String>>();
        outcome.contents().forEach((table, rows) -> contents.put(
                table,
                rows.stream().map(row -> change.of("rows of " + table, row)).sorted(Wording.BY_NUMBERS).toList()));
        return new RunOutcome(
                results, outcome.rows(), contents,
                outcome.observed().stream().map(text -> change.of("what was observed", text)).toList(),
                outcome.violated());
    }
}
