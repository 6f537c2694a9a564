package dev.raceharness.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** As much of Markdown as an audit needs: headings, paragraphs, lists, boxes, tables, links, code, grades in bold. */
final class Markdown {

    private static final Pattern HEADING = Pattern.compile("(#{1,4}) (.*)");

    private final StringBuilder html = new StringBuilder();
    private final List<String> block = new ArrayList<>();

    private Markdown() {}

    static String toHtml(String markdown) {
        var converter = new Markdown();
        markdown.lines().forEach(converter::line);
        converter.endBlock();
        return converter.html.toString();
    }

    private void line(String line) {
        var heading = HEADING.matcher(line);
        if (heading.matches()) {
            endBlock();
            var level = "h" + heading.group(1).length() + ">";
            html.append("<").append(level).append(inline(heading.group(2))).append("</").append(level).append("\n");
        } else if (line.isBlank()) {
            endBlock();
        } else {
            block.add(line);
        }
    }

    private void endBlock() {
        if (block.isEmpty()) {
            return;
        }
        if (block.get(0).startsWith("|")) {
            html.append(Html.table(
                    cells(block.get(0)), block.stream().skip(2).map(Markdown::cells).toList()));
        } else if (block.get(0).startsWith("- ")) {
            html.append("<ul>\n");
            String.join("\n", block).lines().forEach(this::item);
            html.append("</ul>\n");
        } else {
            html.append("<p>").append(inline(String.join(" ", block))).append("</p>\n");
        }
        block.clear();
    }

    private void item(String line) {
        if (line.startsWith("- [")) {
            html.append("<li class=\"box\">").append(line.startsWith("- [x]") ? "\u2611 " : "\u2610 ");
            html.append(inline(line.substring(5).strip())).append("\n");
        } else {
            html.append(line.startsWith("- ") ? "<li>" + inline(line.substring(2)) : inline(line.strip())).append("\n");
        }
    }

    private static List<String> cells(String row) {
        return Stream.of(row.strip().replaceAll("^\\||\\|$", "").split("(?<!\\\\)\\|", -1))
                .map(cell -> inline(cell.strip().replace("\\|", "|")))
                .toList();
    }

    private static String inline(String text) {
        return Html.escaped(text)
                .replaceAll("`([^`]+)`", "<code>$1</code>")
                .replaceAll("\\[([^]]+)]\\(([^)]+)\\)", "<a href=\"$2\">$1</a>")
                .replaceAll("\\*\\*([A-Z]+)\\*\\*", "<b class=\"badge $1\">$1</b>");
    }
}
