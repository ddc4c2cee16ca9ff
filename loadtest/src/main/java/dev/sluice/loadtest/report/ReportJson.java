package dev.sluice.loadtest.report;

import dev.sluice.loadtest.report.data.RunHead;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** What all reports for machines begin with, and how they write values. */
final class ReportJson {
    private ReportJson() {}

    static JsonObject head(String schema, RunHead head) {
        return new JsonObject()
                .put("schema", schema)
                .put("scenario", head.scenario())
                .put("descriptionEn", head.descriptionEn())
                .put("descriptionZh", head.descriptionZh())
                .put("startedAt", head.startedAt().toString())
                .put("seconds", number(head.seconds()))
                .put("machine", head.machine())
                .put("commit", head.commit())
                .put("command", head.command())
                .put("facts", new JsonObject(new TreeMap<>(head.facts())));
    }

    /** JSON has no number for what is none. */
    static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
        return new JsonArray(items.stream().map(json).toList());
    }
}
