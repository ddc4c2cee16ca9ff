package dev.sluice.loadtest.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells under each other, as wide as their widest cell. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; all rows have as many cells as the first. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The lines. */
    public List<String> lines() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Columns.width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(Columns.fit(row.get(i), widths[i])).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
