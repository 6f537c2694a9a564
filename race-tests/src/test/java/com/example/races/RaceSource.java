package com.example.races;

import dev.raceharness.Race;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;

/** The source of a race, which says in its Javadoc what nobody has to write a second time. */
public record RaceSource(String text) {

    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NUMBERED = Pattern.compile("[A-Za-z]+\\d\\d");

    public static RaceSource of(Class<?> race) {
        try {
            return new RaceSource(Files.readString(TESTS.resolve(race.getName().replace('.', '/') + ".java")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All classes with races, by name; those that run others again are none. */
    public static Stream<Class<?>> races() {
        return all().filter(RaceSource::takesARace);
    }

    /** All classes of the catalogue, by name: those with races, and those with a number that run others again. */
    public static Stream<Class<?>> catalogue() {
        return all().filter(type -> takesARace(type) || NUMBERED.matcher(type.getSimpleName()).lookingAt());
    }

    private static Stream<Class<?>> all() {
        return ReflectionSupport.findAllClassesInPackage(
                        "com.example.races", type -> type.isAnnotationPresent(RaceTest.class), name -> true)
                .stream()
                .sorted((one, other) -> one.getName().compareTo(other.getName()));
    }

    private static boolean takesARace(Class<?> type) {
        return !testsThatTakeARace(type).isEmpty();
    }

    /** Those that race, such as {@code FirstLogin01TwoColleaguesTests#withoutConstraintsTheyGetTwoOrganizations}. */
    public static List<String> testsThatTakeARace(Class<?> race) {
        return Stream.of(race.getDeclaredMethods())
                .filter(method -> method.getAnnotations().length > 0)
                .filter(method -> List.of(method.getParameterTypes()).contains(Race.class))
                .map(method -> race.getSimpleName() + "#" + method.getName())
                .toList();
    }

    /** What the file says about its race. */
    public String header() {
        return before("\n@RaceTest\n");
    }

    /** What it says about this test; empty if it says nothing. */
    public String commentOn(String method) {
        return before("\n    void " + method + "(");
    }

    /** The last comment before this line, with nothing but annotations between the two. */
    private String before(String line) {
        int end = text.indexOf(line);
        int begin = text.lastIndexOf("/**", Math.max(end, 0));
        if (end < 0 || begin < 0) {
            return "";
        }
        var parts = text.substring(begin + 3, end).split("\\*/", 2);
        return Pattern.compile("[;}]\\s*$", Pattern.MULTILINE).matcher(parts[1]).find()
                ? ""
                : String.join(" ", List.of(parts[0].replaceAll("(?m)^\\s*\\*", " ").strip().split("\\s+")));
    }
}
