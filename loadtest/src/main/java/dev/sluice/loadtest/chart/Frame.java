package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.markup.Element;
import dev.sluice.loadtest.markup.Numbers;
import java.util.List;

/**
 * What every chart draws below its data. Widths are shares of whatever there is, heights are pixels: so a chart fits a phone and a sheet of
 * paper, and its words keep their size.
 */
final class Frame {
    /** Above the plot, for the numbers of marks. */
    static final double TOP = 18;
    /** Below the plot, for the words of the level axis. */
    private static final double FOOT = 24;
    /** Width of the coordinates inside {@link #shapes}, which are stretched to the width there is. */
    static final double WIDTH = 1_000;
    /** Marks nearer than this share of the width show only the first one's number. */
    private static final double NUMBER_WIDTH = 0.025;

    private static final double WORDS_BELOW = 4;

    private Frame() {}

    /** An empty plot of a height, which a reader of the screen knows by the element with an id. */
    static Element svg(String titleId, double height) {
        return Element.of("svg", "plot")
                .set("xmlns", "http://www.w3.org/2000/svg")
                .set("role", "img")
                .set("aria-labelledby", titleId)
                .set("width", "100%")
                .set("height", TOP + height + FOOT);
    }

    /** Lines and words of the level axis. Every other word goes where there is little width. */
    static Element levelGrid(LevelAxis axis, double height) {
        Element grid = Element.of("g", "grid");
        List<Double> ticks = axis.ticks();
        for (int i = 0; i < ticks.size(); i++) {
            String x = percent(axis.place(ticks.get(i)));
            grid.add(upright(x, height));
            grid.add(Element.of("text", i % 2 == 0 ? "level" : "level spare")
                    .set("x", x)
                    .set("y", TOP + height + FOOT - 6)
                    .text(axis.text(ticks.get(i))));
        }
        return grid;
    }

    /** Lines and words of the upright axis. */
    static Element valueGrid(ValueAxis axis, double height) {
        Element grid = Element.of("g", "grid");
        axis.ticks().forEach(tick -> {
            double y = TOP + height * (1 - axis.place(tick));
            grid.add(Element.of("line")
                    .set("x1", "0")
                    .set("x2", "100%")
                    .set("y1", y)
                    .set("y2", y));
            grid.add(Element.of("text", "value")
                    .set("x", "-8")
                    .set("y", y + WORDS_BELOW)
                    .text(axis.text(tick)));
        });
        return grid;
    }

    /** Where paths are drawn: {@link #WIDTH} units wide, stretched. */
    static Element shapes(double height) {
        return Element.of("svg", "shapes")
                .set("y", TOP)
                .set("width", "100%")
                .set("height", height)
                .set("viewBox", "0 0 %s %s".formatted(Numbers.text(WIDTH), Numbers.text(height)))
                .set("preserveAspectRatio", "none");
    }

    /** Vertical lines with numbers. */
    static Element marks(List<Mark> marks, LevelAxis axis, double height) {
        Element group = Element.of("g", "marks");
        double free = 0;
        for (Mark mark : marks) {
            double place = axis.place(mark.x());
            Element one = Element.of("g").add(Element.of("title").text(axis.text(mark.x()) + " " + mark.text()));
            one.add(upright(percent(place), height));
            if (place >= free) {
                one.add(Element.of("text")
                        .set("x", percent(place))
                        .set("y", TOP - 6)
                        .text(Integer.toString(mark.number())));
                free = place + NUMBER_WIDTH;
            }
            group.add(one);
        }
        return group;
    }

    /** What the script moves to the place that is read out. */
    static Element cursor(double height) {
        return upright("0", height).set("class", "cursor");
    }

    static String percent(double share) {
        return Numbers.text(share * 100) + "%";
    }

    private static Element upright(String x, double height) {
        return Element.of("line").set("x1", x).set("x2", x).set("y1", TOP).set("y2", TOP + height);
    }
}
