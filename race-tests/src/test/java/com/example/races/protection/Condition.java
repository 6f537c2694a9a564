package com.example.races.protection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One of the conditions under which a statement of the application writes.
 *
 * @param type the class that sends it
 */
record Condition(String type, String statement, String words) {

    private static final Path APPLICATION = Path.of("../provisioning-app/src/main/java");
    private static final Pattern LITERAL =
            Pattern.compile("\"\"\"(.*?)\"\"\"|\"((?:[^\"\\\\\\n]|\\\\.)*)\"", Pattern.DOTALL);
    private static final Pattern WRITES = Pattern.compile(
            "(?:update |delete from |insert .* do update ).*? where (.*?)(?: returning .*)?", Pattern.DOTALL);

    /** Of all UPDATE, DELETE and INSERT ... ON CONFLICT DO UPDATE in the application's source. */
    static List<Condition> all() {
        try (var files = Files.walk(APPLICATION)) {
            var all = new ArrayList<Condition>();
            for (var file : files.filter(file -> file.toString().endsWith(".java")).sorted().toList()) {
                var type = file.getFileName().toString().replace(".java", "");
                LITERAL.matcher(Files.readString(file))
                        .results()
                        .map(literal -> literal.group(1) == null ? literal.group(2) : literal.group(1).stripIndent())
                        .forEach(literal -> all.addAll(of(type, literal)));
            }
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Condition> of(String type, String literal) {
        var writes = WRITES.matcher(literal.strip().replaceAll("\\s+", " "));
        return writes.matches()
                ? Stream.of(writes.group(1).split(" and ")).map(words -> new Condition(type, literal, words)).toList()
                : List.of();
    }

    /** Whether it only says which row is meant. */
    boolean isAKey(List<String> columnsOfKeys) {
        var sides = words.split(" = ");
        return sides.length == 2
                && columnsOfKeys.contains(sides[0].replaceFirst("^\\w+\\.", ""))
                && sides[1].matches("\\?|:\\w+|\\w+\\.\\w+");
    }

    @Override
    public String toString() {
        return "%s in %s: %s".formatted(words, type, statement.strip().replaceAll("\\s+", " "));
    }
}
