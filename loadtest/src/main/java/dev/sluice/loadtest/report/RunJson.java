package dev.sluice.loadtest.report;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.report.data.EngineAway;
import dev.sluice.loadtest.report.data.Event;
import dev.sluice.loadtest.report.data.LatencySeries;
import dev.sluice.loadtest.report.data.PromiseRow;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.report.data.Sample;
import dev.sluice.loadtest.report.data.StageSample;
import dev.sluice.loadtest.verdict.Invariant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.TreeMap;

/** A run for machines: everything that was recorded, under the names of the records. */
public final class RunJson {
    /** Changes whenever a field changes its meaning or goes away. */
    public static final String SCHEMA = "sluice-load-run/1";

    private RunJson() {}

    /**
     * The document. Times are ISO 8601; a value that is no number, such as a ratio of nothing, is null. Samples of an engine elsewhere have no
     * fields of the stage.
     */
    public static JsonObject of(RunRecord run) {
        return ReportJson.head(SCHEMA, run.head())
                .put("kept", isKept(run))
                .put("promises", ReportJson.array(run.promises(), RunJson::promise))
                .put("states", states(run))
                .put("engineAway", run.engineAway().map(RunJson::away).orElse(null))
                .put("events", ReportJson.array(run.events(), RunJson::event))
                .put("latency", ReportJson.array(run.latency(), RunJson::latency))
                .put("samples", ReportJson.array(run.samples(), RunJson::sample));
    }

    /** A run that judged nothing kept nothing, and of one that could not be seen to its end nobody knows. */
    private static boolean isKept(RunRecord run) {
        return run.engineAway().isEmpty()
                && run.promises().stream().anyMatch(PromiseRow::judged)
                && run.promises().stream().allMatch(PromiseRow::ok);
    }

    private static JsonObject promise(PromiseRow promise) {
        return new JsonObject()
                .put("name", promise.name().english())
                .put("nameZh", promise.name().chinese())
                .put(
                        "invariants",
                        new JsonArray(promise.invariants().stream()
                                .map(Invariant::name)
                                .toList()))
                .put("found", promise.found().english())
                .put("foundZh", promise.found().chinese())
                .put("bound", promise.bound().english())
                .put("boundZh", promise.bound().chinese())
                .put("ok", promise.ok())
                .put("judged", promise.judged());
    }

    /** States in which nobody is are left out. */
    private static JsonObject states(RunRecord run) {
        JsonObject states = new JsonObject();
        for (DeliveryState state : DeliveryState.values()) {
            long people = run.states().getOrDefault(state, 0L);
            if (people > 0) {
                states.put(state.name(), people);
            }
        }
        return states;
    }

    private static JsonObject away(EngineAway away) {
        return new JsonObject()
                .put("second", ReportJson.number(away.second()))
                .put("status", away.status())
                .put("unknownPeople", away.unknownPeople())
                .put("people", away.people());
    }

    private static JsonObject event(Event event) {
        return new JsonObject()
                .put("second", ReportJson.number(event.second()))
                .put("text", event.text())
                .put("textZh", event.textZh());
    }

    private static JsonObject latency(LatencySeries series) {
        return new JsonObject()
                .put("name", series.name())
                .put(
                        "points",
                        ReportJson.array(
                                series.points(),
                                point -> new JsonObject()
                                        .put("second", ReportJson.number(point.second()))
                                        .put("p50Millis", ReportJson.number(point.p50Millis()))
                                        .put("p99Millis", ReportJson.number(point.p99Millis()))
                                        .put("maxMillis", ReportJson.number(point.maxMillis()))));
    }

    private static JsonObject sample(Sample sample) {
        JsonObject json = new JsonObject()
                .put("second", ReportJson.number(sample.second()))
                .put("offered", sample.offered())
                .put("accepted", sample.accepted())
                .put("refused", sample.refused())
                .put("settled", sample.settled());
        sample.stage().ifPresent(stage -> putStage(json, stage));
        return json;
    }

    private static void putStage(JsonObject json, StageSample stage) {
        json.put("shown", stage.shown())
                .put("calls", stage.calls())
                .put("waitingByGate", new JsonObject(new TreeMap<>(stage.waitingByGate())))
                .put("quotaUse", ReportJson.number(stage.quotaUse()))
                .put("fillRatio", ReportJson.number(stage.fillRatio()))
                .put("cpuShare", ReportJson.number(stage.cpuShare()))
                .put("heapBytes", stage.heapBytes())
                .put("postgresBytes", stage.postgresBytes());
    }
}
