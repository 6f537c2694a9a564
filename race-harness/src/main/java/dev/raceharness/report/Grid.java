package dev.raceharness.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table in a report.
 *
 * @param rows each with as many cells as there are columns
 */
public record Grid(String title, List<String> columns, List<List<String>> rows) {

    private static final int MOST_ROWS = 12;

    public Grid {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The first rows, for a page; the last of them says how many there are. */
    Grid shortened() {
        var all = rows.size();
        return all <= MOST_ROWS
                ? this
                : new Grid(title + ": the first " + MOST_ROWS + " of " + all, columns, rows.subList(0, MOST_ROWS));
    }

    String markdown() {
        return line(columns) + line(columns.stream().map(column -> "---").toList())
                + rows.stream().map(Grid::line).collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replaceAll("\\s+", " ").replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
