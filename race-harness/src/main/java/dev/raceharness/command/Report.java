package dev.raceharness.command;

import dev.raceharness.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A page that needs nothing but a browser: the result, and one time line a racer. */
final class Report {

    private static final String PAGE =
            """
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%1$s</title>
            <style>
              :root { color-scheme: light dark; }
              body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; }
              pre { overflow-x: auto; font-size: 13px; }
              .lanes { overflow-x: auto; }
              .lane { display: grid; grid-template-columns: 6rem repeat(%2$d, minmax(6.5rem, 1fr)); }
              .lane > * { padding: .3rem .5rem; margin-bottom: .5rem; overflow: hidden; border-left: 1px solid #8888; }
              .name { font-weight: 600; border: 0; }
              .RUNNING { background: #2a9d5c55; } .HELD { background: #e9a23b88; } .WAITING { background: #d0454588; }
              .ENDED { border-left: 3px solid; }
              .ms { color: gray; font-size: 12px; }
            </style>
            <h1>%1$s</h1>
            <h2>What happened</h2>
            <p>%3$s</p>
            <div class="lanes">
            %4$s</div>
            <p><span class="RUNNING">running</span> <span class="HELD">held at a gate</span>
              <span class="WAITING">waiting for another racer</span></p>
            <h2>In words</h2>
            <pre>%5$s</pre>
            </html>
            """;

    private Report() {}

    static void write(Path folder, Story story) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("index.html"), page(story));
        } catch (IOException e) {
            throw new WrongUseException("The report cannot be written to " + folder + ", which --report names: "
                    + e, e);
        }
    }

    private static String page(Story story) {
        var events = story.events();
        return PAGE.formatted(
                escaped(story.headline()),
                Math.max(1, events.size()),
                escaped(story.schedule()),
                events.isEmpty() ? "" : ruler(events) + lanes(events),
                escaped(story.details()));
    }

    private static String ruler(List<Event> events) {
        return events.stream()
                .map(event -> String.format(Locale.ROOT, "<span>%.1f ms</span>", event.at().toNanos() / 1e6))
                .collect(Collectors.joining("", "<div class=\"lane ms\"><span></span>", "</div>\n"));
    }

    private static String lanes(List<Event> events) {
        return Timeline.of(events).stream().map(Report::lane).collect(Collectors.joining());
    }

    private static String lane(Timeline timeline) {
        return timeline.stretches().stream()
                .map(stretch -> "<div class=\"%s\" style=\"grid-column: %d / %d\" title=\"%4$s\">%4$s</div>".formatted(
                        stretch.state(), stretch.from() + 2, stretch.to() + 2, escaped(stretch.words())))
                .collect(Collectors.joining(
                        "",
                        "<div class=\"lane\"><div class=\"name\">racer " + escaped(timeline.racer()) + "</div>",
                        "</div>\n"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
