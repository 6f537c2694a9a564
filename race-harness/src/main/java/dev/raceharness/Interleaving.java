package dev.raceharness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What really happened, step by step. Its text is a table with one column a racer. */
public record Interleaving(List<Event> events) {

    private static final int WIDEST_CELL = 44;

    public Interleaving {
        events = events.stream().sorted(Comparator.comparing(Event::at)).toList();
    }

    @Override
    public String toString() {
        var racers = events.stream().map(Event::racer).distinct().toList();
        var rows = new ArrayList<List<String>>();
        rows.add(header(racers));
        events.stream()
                .filter(event -> event.kind() != Event.Kind.STARTED)
                .forEach(event -> rows.add(row(event, racers)));
        var widths = new int[racers.size() + 1];
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    }

    private static List<String> header(List<String> racers) {
        var header = new ArrayList<String>();
        header.add("ms");
        header.addAll(racers);
        return header;
    }

    private static List<String> row(Event event, List<String> racers) {
        var row = new ArrayList<String>();
        row.add(String.format(Locale.ROOT, "%.1f", event.at().toNanos() / 1e6));
        racers.forEach(racer -> row.add(racer.equals(event.racer()) ? cell(event) : ""));
        return row;
    }

    private static String cell(Event event) {
        var text =
                switch (event.kind()) {
                    case STARTED -> "starts";
                    case ARRIVED -> "held " + event.detail();
                    case RELEASED -> "goes on";
                    case BLOCKED -> "waits for " + event.detail();
                    case FAULTED -> event.detail();
                    case RETURNED -> "returns " + event.detail();
                    case THREW -> "throws " + event.detail();
                };
        return text.length() <= WIDEST_CELL ? text : text.substring(0, WIDEST_CELL - 3) + "...";
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            var cell = row.get(i);
            var padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 0 ? padding + cell : " | " + cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
