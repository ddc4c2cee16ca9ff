package dev.sluice.loadtest.bench.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * A line of the table.
 *
 * @param what what was measured
 * @param unit of the values
 * @param samples the repeats
 * @param note what a reader must know to compare it, "" for nothing
 */
public record Figure(String what, String unit, Samples samples, String note) {
    /** Below this a value gets decimals. */
    private static final double SMALL = 100;

    /** Of the repeats in the order in which they were made. */
    public static Figure of(String what, String unit, List<Double> values, String note) {
        return new Figure(what, unit, new Samples(values), note);
    }

    /** A line of the Markdown table. */
    List<String> cells() {
        return List.of(
                what,
                text(samples.median()) + " " + unit,
                text(samples.least()) + " - " + text(samples.most()),
                Integer.toString(samples.count()),
                note);
    }

    /** The same for machines. */
    JsonObject json() {
        return new JsonObject()
                .put("what", what.strip())
                .put("unit", unit)
                .put("median", samples.median())
                .put("values", new JsonArray(samples.values()))
                .put("note", note);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < SMALL ? "%.2f" : "%,.0f", value);
    }
}
