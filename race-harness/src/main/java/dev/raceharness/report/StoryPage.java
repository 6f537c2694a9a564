package dev.raceharness.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A page about one race that stands alone. */
public final class StoryPage {

    private StoryPage() {}

    /** Writes {@code index.html} into this folder, which is made if it is not there. */
    public static void write(Path folder, Story story) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("index.html"),
                Html.page(
                        story.headline(),
                        "<h1>" + Html.escaped(story.headline()) + "</h1>\n" + body(story)
                                + "<h2>In words</h2>\n<pre>" + Html.escaped(story.details()) + "</pre>"));
    }

    /** The interleaving, and the figures. */
    static String body(Story story) {
        return (story.events().isEmpty()
                        ? ""
                        : "<p class=\"schedule\">" + Html.escaped(story.schedule()) + "</p>\n" + Lanes.of(story))
                + story.grids().stream()
                        .filter(grid -> !grid.rows().isEmpty())
                        .map(Html::grid)
                        .collect(Collectors.joining());
    }
}
