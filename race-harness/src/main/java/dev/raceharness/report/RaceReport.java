package dev.raceharness.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All races of a test run in one folder: {@code index.html} with the audit and a page for each test class,
 * {@code audit.md} for pull requests, {@code race.json} for programs. Thread-safe.
 */
public final class RaceReport {

    private final Optional<Path> folder;
    private final Optional<Path> sources;
    private final Optional<Path> template;
    private final Optional<Path> order;
    private final Map<String, List<TestedRace>> tests = new TreeMap<>();
    private final Map<String, Grid> grids = new LinkedHashMap<>();

    /**
     * @param folder where it is written, and what an earlier run has written is deleted; without one nothing is
     * @param sources of the tests, whose Javadoc says what the races are
     * @param template the audit in Markdown, with placeholders; a short one if there is none
     * @param order a text that mentions test classes in the order in which they are to be read; those that it does not
     *     mention come last, by name
     */
    public RaceReport(
            Optional<Path> folder, Optional<Path> sources, Optional<Path> template, Optional<Path> order) {
        this.folder = folder;
        this.sources = sources;
        this.template = template;
        this.order = order;
        folder.ifPresent(RaceReport::deleteOldFiles);
    }

    public boolean isWritten() {
        return folder.isPresent();
    }

    public synchronized void add(TestedRace test) {
        tests.computeIfAbsent(test.testClass(), name -> new ArrayList<>()).add(test);
    }

    /** A table that the audit's template calls by its title. */
    public synchronized void add(Grid grid) {
        grids.put(grid.title(), grid);
    }

    /** Writes the page of this test class, which has ended. */
    public synchronized void writePage(String testClass) {
        if (tests.containsKey(testClass)) {
            write("races/" + testClass + ".html", new RacePage(of(testClass)).html());
        }
    }

    /**
     * Writes everything.
     *
     * @return one line a test class, for the console
     */
    public synchronized String write() {
        tests.keySet().forEach(this::writePage);
        var races = tests.keySet().stream().map(this::of).sorted(orderOfReading()).toList();
        var audit = new Audit(
                template.map(file -> read("audit", file)).orElseGet(() -> Html.resource("audit.md")), races, grids);
        write("audit.md", audit.markdown());
        write("index.html", Html.page("Race report", Markdown.toHtml(audit.markdown())));
        write("race.json", RacesForPrograms.json(audit.score(), races));
        return races.stream()
                        .map(race -> String.format("  %-4s  %-52s %s%n", race.result(), race.title(), race.counts()))
                        .collect(Collectors.joining())
                + "  " + audit.score()
                + folder.map(pages -> ": " + pages.resolve("index.html").toAbsolutePath()).orElse("");
    }

    private Comparator<TestedClass> orderOfReading() {
        var text = order.map(file -> read("order", file)).orElse("");
        return Comparator.comparingInt(race -> {
            int mentioned = text.indexOf(race.simpleName());
            return mentioned < 0 ? Integer.MAX_VALUE : mentioned;
        });
    }

    private TestedClass of(String name) {
        return TestedClass.of(
                name,
                sources.map(root -> Description.of(name, root)).orElseGet(Description::none),
                tests.getOrDefault(name, List.of()));
    }

    /** A run that is cut short must not leave the index of another one. */
    private static void deleteOldFiles(Path folder) {
        try {
            for (var name : List.of("index.html", "audit.md", "race.json")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            if (Files.isDirectory(folder.resolve("races"))) {
                deletePages(folder.resolve("races"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deletePages(Path folder) throws IOException {
        try (var pages = Files.newDirectoryStream(folder, "*.html")) {
            for (var page : pages) {
                Files.delete(page);
            }
        }
    }

    private static String read(String parameter, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("What race.report." + parameter + " names cannot be read: " + file, e);
        }
    }

    private void write(String name, String content) {
        if (folder.isEmpty()) {
            return;
        }
        var file = folder.get().resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("The race report cannot be written, which race.report.folder asks for", e);
        }
    }
}
