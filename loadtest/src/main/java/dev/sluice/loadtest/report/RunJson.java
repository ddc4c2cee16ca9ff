package dev.sluice.loadtest.report;

import dev.sluice.loadtest.report.data.LatencySeries;
import dev.sluice.loadtest.report.data.PromiseRow;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.report.data.Sample;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** A run for machines: everything that was recorded, under the names of the records. */
public final class RunJson {
    /** Changes whenever a field changes its meaning or goes away. */
    public static final String SCHEMA = "sluice-load-run/1";

    private RunJson() {}

    /** The document. Times are ISO 8601; a value that is no number, such as a ratio of nothing, is null. */
    public static JsonObject of(RunRecord run) {
        return new JsonObject()
                .put("schema", SCHEMA)
                .put("scenario", run.scenario())
                .put("descriptionEn", run.descriptionEn())
                .put("descriptionZh", run.descriptionZh())
                .put("startedAt", run.startedAt().toString())
                .put("seconds", number(run.seconds()))
                .put("machine", run.machine())
                .put("commit", run.commit())
                .put("command", run.command())
                .put("kept", isKept(run))
                .put(
                        "promises",
                        array(
                                run.promises(),
                                promise -> new JsonObject()
                                        .put("name", promise.name())
                                        .put("found", promise.found())
                                        .put("bound", promise.bound())
                                        .put("ok", promise.ok())
                                        .put("judged", promise.judged())))
                .put(
                        "events",
                        array(
                                run.events(),
                                event -> new JsonObject()
                                        .put("second", number(event.second()))
                                        .put("text", event.text())))
                .put("facts", new JsonObject(new TreeMap<>(run.facts())))
                .put("latency", array(run.latency(), RunJson::latency))
                .put("samples", array(run.samples(), RunJson::sample));
    }

    /** A run that judged nothing kept nothing. */
    private static boolean isKept(RunRecord run) {
        return run.promises().stream().anyMatch(PromiseRow::judged)
                && run.promises().stream().allMatch(PromiseRow::ok);
    }

    private static JsonObject latency(LatencySeries series) {
        return new JsonObject()
                .put("name", series.name())
                .put(
                        "points",
                        array(
                                series.points(),
                                point -> new JsonObject()
                                        .put("second", number(point.second()))
                                        .put("p50Millis", number(point.p50Millis()))
                                        .put("p99Millis", number(point.p99Millis()))
                                        .put("maxMillis", number(point.maxMillis()))));
    }

    private static JsonObject sample(Sample sample) {
        return new JsonObject()
                .put("second", number(sample.second()))
                .put("offered", sample.offered())
                .put("accepted", sample.accepted())
                .put("refused", sample.refused())
                .put("settled", sample.settled())
                .put("shown", sample.shown())
                .put("calls", sample.calls())
                .put("waitingByGate", new JsonObject(new TreeMap<>(sample.waitingByGate())))
                .put("quotaUse", number(sample.quotaUse()))
                .put("fillRatio", number(sample.fillRatio()))
                .put("cpuShare", number(sample.cpuShare()))
                .put("heapBytes", sample.heapBytes())
                .put("postgresBytes", sample.postgresBytes());
    }

    private static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
        return new JsonArray(items.stream().map(json).toList());
    }
}
