package com.example.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README says is held against the files. */
class ReadmeTests {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?!http|#)([^)#]+)\\)");

    private final String readme = read(ROOT.resolve("README.md"));

    @Test
    void everyJavaSnippetIsPartOfACompiledFile() {
        var sources = sources().stream().map(ReadmeTests::read).map(ReadmeTests::withoutIndentation).toList();
        var snippets = JAVA_BLOCK.matcher(readme).results().map(block -> withoutIndentation(block.group(1))).toList();

        assertThat(snippets).isNotEmpty().allSatisfy(snippet -> assertThat(sources)
                .as("a source file that contains these lines of the README")
                .anyMatch(source -> source.contains(snippet)));
    }

    @Test
    void everyLinkLeadsToAFile() {
        assertThat(LINK.matcher(readme).results().map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    @Test
    void theTableOfRacesListsEveryRace() {
        var races = sources().stream()
                .filter(file -> file.toString().contains("race-tests"))
                .filter(file -> read(file).contains("\n@RaceTest\nclass "))
                .map(file -> ROOT.relativize(file).toString().replace('\\', '/'));

        assertThat(races).isNotEmpty().allSatisfy(race -> assertThat(readme).contains("](" + race + ")"));
    }

    private static List<Path> sources() {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("target"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withoutIndentation(String code) {
        return code.strip().lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
