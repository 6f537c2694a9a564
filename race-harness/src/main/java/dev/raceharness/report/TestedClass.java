package dev.raceharness.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The races of one test class: its broken and its fixed twins. */
record TestedClass(String name, Description description, List<TestedRace> tests) {

    private static final Pattern NUMBERED = Pattern.compile("(\\D+?)(\\d+)(\\D.*)");

    /** @param tests as they ran */
    static TestedClass of(String name, Description description, List<TestedRace> tests) {
        var order = new ArrayList<>(description.methods().keySet());
        return new TestedClass(
                name,
                description,
                tests.stream()
                        .sorted(Comparator.comparingInt(test -> order.indexOf(test.method())))
                        .toList());
    }

    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Such as "First login 01: two colleagues". */
    String title() {
        var words = simpleName().replaceFirst("Tests?$", "");
        var numbered = NUMBERED.matcher(words);
        return numbered.matches()
                ? sentence(numbered.group(1)) + " " + numbered.group(2) + ": "
                        + sentence(numbered.group(3)).toLowerCase(Locale.ROOT)
                : sentence(words);
    }

    private static String sentence(String camelCase) {
        var words = camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    boolean passed() {
        return tests.stream().allMatch(TestedRace::passed);
    }

    String result() {
        return passed() ? "PASS" : "FAIL";
    }

    String descriptionOf(TestedRace test) {
        return description.methods().getOrDefault(test.method(), "");
    }

    List<TestedRace> tests(Twin twin) {
        return tests.stream().filter(test -> Twin.of(descriptionOf(test)) == twin).toList();
    }

    String tables() {
        return tests.stream()
                .flatMap(test -> test.stories().stream())
                .map(story -> String.join(", ", story.tables()))
                .findFirst()
                .orElse("");
    }

    /** In the words of the test that proves it. */
    String protection() {
        return proof().map(test -> descriptionOf(test).isEmpty() ? test.title() : descriptionOf(test)).orElse("");
    }

    String evidence() {
        var last = proof().map(TestedRace::stories)
                .filter(stories -> !stories.isEmpty())
                .map(stories -> stories.get(stories.size() - 1).headline());
        return counts() + last.map(headline -> "; " + headline).orElse("");
    }

    /** Such as "2 broken, 3 fixed". */
    String counts() {
        return List.of(Twin.values()).stream()
                .filter(twin -> !tests(twin).isEmpty())
                .map(twin -> tests(twin).size() + " " + twin.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** The fixed twin that is the application's own, if one says so. */
    private Optional<TestedRace> proof() {
        var fixed = tests(Twin.FIXED);
        return fixed.stream()
                .filter(test -> descriptionOf(test).startsWith("Fixed, as the application does it"))
                .findFirst()
                .or(() -> fixed.stream().findFirst());
    }
}
