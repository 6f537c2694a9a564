package dev.raceharness.report;

import dev.raceharness.Event;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The interleaving as a picture: time runs downwards, every racer has a lane. */
final class Lanes {

    private static final int MOST_RACERS = 8;

    private Lanes() {}

    static String of(Story story) {
        var racers = story.events().stream().map(Event::racer).distinct().sorted().toList();
        var shown = racers.stream().limit(MOST_RACERS).toList();
        var events = story.events().stream().filter(event -> shown.contains(event.racer())).toList();
        var lines = new StringBuilder();
        for (int i = 0; i < shown.size(); i++) {
            lines.append(lane(story, Timeline.of(shown.get(i), events), i + 2, events.size() + 2));
        }
        return "<div class=\"wide\"><div class=\"lanes\" style=\"grid-template-columns: 4.5rem repeat(" + shown.size()
                + ", minmax(8.5rem, 1fr))\">\n" + clock(events) + lines + "</div></div>\n"
                + (shown.size() < racers.size()
                        ? "<p>The first " + MOST_RACERS + " of " + racers.size() + " racers.</p>\n"
                        : "");
    }

    private static String clock(List<Event> events) {
        var rows = new StringBuilder(place("ms", 1, 1, 2) + "ms</div>\n");
        for (int i = 0; i < events.size(); i++) {
            rows.append(place("ms", 1, i + 2, i + 3))
                    .append(String.format(Locale.ROOT, "%.1f", events.get(i).at().toNanos() / 1e6))
                    .append("</div>\n");
        }
        return rows.toString();
    }

    private static String lane(Story story, Timeline timeline, int column, int lastRow) {
        return place("name", column, 1, 2) + Html.escaped(timeline.racer()) + "</div>\n"
                + timeline.stretches().stream()
                        .map(stretch -> place(stretch.state().name(), column, stretch.from() + 2, stretch.to() + 2)
                                + Html.escaped(stretch.words()) + "</div>\n")
                        .collect(Collectors.joining())
                + place("end", column, lastRow, lastRow + 1)
                + story.ends().getOrDefault(timeline.racer(), List.of()).stream()
                        .map(end -> "<span class=\"" + end.split(" ")[0] + "\">" + Html.escaped(end) + "</span>")
                        .collect(Collectors.joining(" "))
                + "</div>\n";
    }

    private static String place(String style, int column, int from, int to) {
        return "<div class=\"%s\" style=\"grid-column: %d; grid-row: %d / %d\">".formatted(style, column, from, to);
    }
}
