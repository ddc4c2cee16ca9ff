package dev.sluice.loadtest.report;

import dev.sluice.loadtest.report.data.SearchRecord;
import dev.sluice.loadtest.report.data.SearchStep;
import dev.sluice.loadtest.scenario.SearchSpec;
import io.vertx.core.json.JsonObject;

/** A search for machines: everything that was recorded, under the names of the records. */
public final class SearchJson {
    /** Changes whenever a field changes its meaning or goes away. */
    public static final String SCHEMA = "sluice-load-search/1";

    private SearchJson() {}

    /** The document. Times are ISO 8601; a latency of nothing is null. */
    public static JsonObject of(SearchRecord record) {
        return ReportJson.head(SCHEMA, record.head())
                .put("search", search(record.search()))
                .put("highestPerSecond", ReportJson.number(record.highestPerSecond()))
                .put("steps", ReportJson.array(record.steps(), SearchJson::step));
    }

    private static JsonObject search(SearchSpec search) {
        return new JsonObject()
                .put("fromPerSecond", ReportJson.number(search.fromPerSecond()))
                .put("toPerSecond", ReportJson.number(search.toPerSecond()))
                .put("stepSeconds", ReportJson.number(search.stepSeconds()))
                .put("p99Millis", ReportJson.number(search.p99Millis()));
    }

    private static JsonObject step(SearchStep step) {
        return new JsonObject()
                .put("number", step.number())
                .put("turn", step.turn().name())
                .put("perSecond", ReportJson.number(step.perSecond()))
                .put("accepted", step.accepted())
                .put("refused", step.refused())
                .put("p50Millis", ReportJson.number(step.p50Millis()))
                .put("p99Millis", ReportJson.number(step.p99Millis()))
                .put("maxMillis", ReportJson.number(step.maxMillis()))
                .put("kept", step.kept());
    }
}
