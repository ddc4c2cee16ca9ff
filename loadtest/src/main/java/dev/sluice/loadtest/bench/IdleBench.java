package dev.sluice.loadtest.bench;

import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallRow;
import dev.sluice.simulator.ledger.LedgerMode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** A single send on a lane with nothing else to do, under the limits of a real tier: how long until its call is at the platform. */
final class IdleBench {
    private static final int WARM_UP = 100;
    private static final int ROUNDS = 3;
    /** Far below the tier's calls a second, so that no gate holds. */
    private static final long BETWEEN_MILLIS = 30;

    private static final long PATIENCE_MILLIS = 10_000;

    private final BenchNode node;
    private final Scale scale;
    private final Report report;
    private final HttpClient http;
    private BenchTenant tenant;
    private int sent;

    IdleBench(BenchNode node, Scale scale, Report report) {
        this.node = node;
        this.scale = scale;
        this.report = report;
        this.http = node.vertx().createHttpClient();
    }

    void run() {
        report.progress("single sends on an idle lane");
        node.simulator().ledger().restart(LedgerMode.FULL);
        tenant = BenchTenant.make(node, "idle", "enterprise", 100);
        List<Double> first = List.of(send(new Histogram(3)) / 1e6);
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        List<Double> acceptP50 = new ArrayList<>();
        round(WARM_UP, new Histogram(3));
        for (int i = 0; i < ROUNDS; i++) {
            Histogram accepted = new Histogram(3);
            Histogram arrived = round(scale.idleSends() / ROUNDS, accepted);
            p50.add(arrived.getValueAtPercentile(50) / 1e6);
            p99.add(arrived.getValueAtPercentile(99) / 1e6);
            acceptP50.add(accepted.getValueAtPercentile(50) / 1e6);
        }
        String note =
                "request written -> call at the platform, so HTTP and commit are in it; tier enterprise, all gates";
        report.add(Figure.of("idle lane, p50", "ms", p50, note));
        report.add(Figure.of("idle lane, p99", "ms", p99, "floor < 20 ms"));
        report.add(Figure.of("  of it until 202, p50", "ms", acceptP50, ""));
        report.add(
                Figure.of("  very first send of a new app", "ms", first, "app claimed, gates opened, token fetched"));
        node.simulator().ledger().restart(LedgerMode.COUNTERS);
    }

    private Histogram round(int sends, Histogram accepted) {
        Histogram arrived = new Histogram(3);
        for (int i = 0; i < sends; i++) {
            arrived.recordValue(send(accepted));
            Patience.pause(BETWEEN_MILLIS);
        }
        return arrived;
    }

    /** Nanoseconds from writing the request to the call's arrival. Each has a content of its own, so each is one call. */
    private long send(Histogram accepted) {
        sent++;
        long startedNanos = System.nanoTime();
        BenchNode.await(post("alert " + sent));
        accepted.recordValue(System.nanoTime() - startedNanos);
        return arrival() - startedNanos;
    }

    private long arrival() {
        long deadlineNanos = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (System.nanoTime() < deadlineNanos) {
            List<Long> arrivals = new ArrayList<>();
            node.simulator().ledger().forEach(call -> note(call, arrivals));
            if (arrivals.size() >= sent) {
                return arrivals.get(sent - 1);
            }
            Patience.pause(1);
        }
        throw new IllegalStateException("send " + sent + " did not arrive within " + PATIENCE_MILLIS + " ms");
    }

    private static void note(CallRow call, List<Long> arrivals) {
        if (call.api() == Api.NOTICE_SEND) {
            arrivals.add(call.arrivalNanos());
        }
    }

    private Future<Buffer> post(String text) {
        JsonObject body = new JsonObject()
                .put("channel", tenant.channel())
                .put("to", PeopleFile.user(sent))
                .put(
                        "content",
                        new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", text)));
        return http.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("127.0.0.1")
                        .setPort(node.httpPort())
                        .setURI("/v1/messages"))
                .compose(request -> request.putHeader(
                                HttpHeaders.AUTHORIZATION,
                                "Bearer " + tenant.key().reveal())
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .send(body.toBuffer()))
                .compose(response -> response.statusCode() == 202
                        ? response.body()
                        : Future.failedFuture("refused: " + response.statusCode()));
    }
}
