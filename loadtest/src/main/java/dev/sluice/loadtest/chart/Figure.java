package dev.sluice.loadtest.chart;

import dev.sluice.loadtest.markup.Element;
import java.util.List;

/**
 * What surrounds a plot: title, note, legend, and the data as a table. The page's script reads values out from the table.
 *
 * @param id of the figure, once in a page
 * @param title what is shown
 * @param note how to read it
 */
record Figure(String id, Label title, Label note) {
    private static final int COLOURS = 8;

    /** The id of the title. */
    String titleId() {
        return id + "-title";
    }

    /** The class that colours a series or a kind. */
    static String colour(int index) {
        return "c" + index % COLOURS;
    }

    /** The whole figure. */
    Element around(Element svg, List<Label> legend, Element table) {
        return Element.of("figure", "chart")
                .set("id", id)
                .add(Element.of("figcaption").add(title.in("h3").set("id", titleId()), note.in("p")))
                .add(legend(legend), Element.of("div", "canvas").add(svg), data(table));
    }

    private static Element legend(List<Label> names) {
        Element list = Element.of("ul", "legend");
        for (int i = 0; i < names.size(); i++) {
            list.add(Element.of("li")
                    .add(Element.of("span", "key " + colour(i)))
                    .add(names.get(i).spans())
                    .add(Element.of("output")));
        }
        return list;
    }

    private static Element data(Element table) {
        return Element.of("details")
                .add(new Label("Data", "数据").in("summary"))
                .add(Element.of("div", "scroll").add(table));
    }
}
