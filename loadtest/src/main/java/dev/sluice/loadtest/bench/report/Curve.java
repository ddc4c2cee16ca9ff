package dev.sluice.loadtest.bench.report;

import dev.sluice.loadtest.markup.Element;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How figures change with a size, as a picture: a panel for each figure, since each has a unit of its own, two in a row. */
public final class Curve {
    private static final int COLUMNS = 2;
    private static final double MARGIN = 16;
    private static final double TITLE = 40;

    private final String id;
    private final String title;
    private final Map<String, CurvePanel> panels = new LinkedHashMap<>();

    /**
     * @param id what its file's name ends with
     * @param title above it
     */
    public Curve(String id, String title) {
        this.id = id;
        this.title = title;
    }

    String id() {
        return id;
    }

    /** Adds a point to the panel of the figure's name; sizes come in rising order. */
    public void add(double size, Figure figure) {
        panels.computeIfAbsent(figure.what(), what -> new CurvePanel(what + ", " + figure.unit()))
                .add(size, figure.samples());
    }

    /** A whole SVG file. */
    String svg() {
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        double width = 2 * MARGIN + COLUMNS * CurvePanel.WIDTH;
        double height = TITLE + rows * CurvePanel.HEIGHT + MARGIN;
        Element svg = Element.of("svg")
                .set("xmlns", "http://www.w3.org/2000/svg")
                .set("viewBox", String.format(Locale.ROOT, "0 0 %.0f %.0f", width, height))
                .set("font-family", "sans-serif")
                .set("font-size", "11")
                .add(Element.of("rect")
                        .set("width", width)
                        .set("height", height)
                        .set("fill", "#ffffff"))
                .add(Element.of("text")
                        .set("x", MARGIN)
                        .set("y", TITLE - 14)
                        .set("font-size", "15")
                        .text(title));
        int number = 0;
        for (CurvePanel panel : panels.values()) {
            int column = number % COLUMNS;
            int row = number / COLUMNS;
            double x = MARGIN + column * CurvePanel.WIDTH;
            double y = TITLE + row * CurvePanel.HEIGHT;
            svg.add(panel.drawing().set("transform", String.format(Locale.ROOT, "translate(%.0f %.0f)", x, y)));
            number++;
        }
        return svg + "\n";
    }
}
