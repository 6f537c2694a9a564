package dev.raceharness.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pieces of a page that needs nothing but a browser. */
final class Html {

    /** Words that are shown as what they are, wherever they fill a cell. */
    private static final Set<String> GRADES =
            Set.of("PASS", "FAIL", "PARTIAL", "NOT RUN", "ANOMALY", "SERIAL", "ACCEPTED", "FORCED", "SERIALISED");

    private Html() {}

    /** @param body HTML */
    static String page(String title, String body) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                %s
                </body>
                </html>
                """.formatted(escaped(title), resource("style.css"), body);
    }

    static String grid(Grid grid) {
        var shown = grid.shortened();
        return "<h4>" + escaped(shown.title()) + "</h4>\n"
                + table(escapedAll(shown.columns()), shown.rows().stream().map(Html::escapedAll).toList());
    }

    /** @param rows of cells that are HTML */
    static String table(List<String> columns, List<List<String>> rows) {
        return "<div class=\"wide\"><table>\n"
                + columns.stream().map(cell -> "<th>" + cell).collect(Collectors.joining("", "<tr>", "\n"))
                + rows.stream()
                        .map(row -> IntStream.range(0, row.size())
                                .mapToObj(i -> cell(i < columns.size() ? columns.get(i) : "", row.get(i)))
                                .collect(Collectors.joining("", "<tr>", "\n")))
                        .collect(Collectors.joining())
                + "</table></div>\n";
    }

    /** On a phone the cells stand below each other, each with the name of its column. */
    private static String cell(String column, String html) {
        return "<td data-of=\"" + column.replaceAll("<[^>]*>", "") + "\">" + (GRADES.contains(html) ? badge(html) : html);
    }

    static String badge(String grade) {
        return "<b class=\"badge " + grade.replace(' ', '-') + "\">" + grade + "</b>";
    }

    private static List<String> escapedAll(List<String> cells) {
        return cells.stream().map(Html::escaped).toList();
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Html.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
