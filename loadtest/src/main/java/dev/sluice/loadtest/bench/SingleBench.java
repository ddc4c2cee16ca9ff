package dev.sluice.loadtest.bench;

import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.loadtest.bench.client.LoadClient;
import dev.sluice.loadtest.bench.client.LoadPlan;
import dev.sluice.loadtest.bench.client.LoadResult;
import dev.sluice.loadtest.bench.client.SingleSends;
import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.report.Samples;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import io.vertx.core.DeploymentOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** {@code POST /v1/messages}: durable acceptance of one person a request, beside a JSON echo that the same client drives. */
final class SingleBench {
    /** Latency is measured below saturation, unless somebody names a rate. */
    private static final double OPEN_LOOP_SHARE = 0.7;

    private final BenchNode node;
    private final Scale scale;
    private final Report report;
    private final OptionalDouble rate;

    /** @param rate of the open loop, in sends a second; empty: a share of what the closed loop reaches */
    SingleBench(BenchNode node, Scale scale, Report report, OptionalDouble rate) {
        this.node = node;
        this.scale = scale;
        this.report = report;
        this.rate = rate;
    }

    void run() {
        report.progress("single sends, " + SingleSends.CONNECTIONS + " connections, beside a JSON echo");
        BenchTenant tenant = BenchTenant.make(node, "single", "unlimited", 100);
        tenant.pause(node, true);
        int echoPort = echo();
        LoadClient ours = SingleSends.client(node, node.httpPort(), tenant);
        LoadClient bare = SingleSends.client(node, echoPort, tenant);
        scale.warmUp().of(() -> measure(bare, 0));
        scale.warmUp().of(() -> measure(ours, 0));
        List<Double> oursRates = new ArrayList<>();
        List<Double> bareRates = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        for (int round = 0; round < scale.rounds(); round++) {
            double echoed = measure(bare, 0).perSecond();
            LoadResult accepted = measure(ours, 0);
            bareRates.add(echoed);
            oursRates.add(accepted.perSecond());
            shares.add(100 * accepted.perSecond() / echoed);
            p50.add(accepted.millis(50));
            p99.add(accepted.millis(99));
        }
        report.add(Figure.of(
                "bare Vert.x JSON echo", "/s", bareRates, SingleSends.CONNECTIONS + " connections, closed loop"));
        report.add(Figure.of("single sends accepted", "/s", oursRates, "durable; same client; lane paused"));
        report.add(Figure.of("  share of the echo", "%", shares, "floor 25 %"));
        report.add(Figure.of("  p50, closed loop", "ms", p50, "saturated"));
        report.add(Figure.of("  p99, closed loop", "ms", p99, "saturated; floor < 50 ms"));
        openLoop(ours, rate.orElse(new Samples(oursRates).median() * OPEN_LOOP_SHARE));
    }

    private void openLoop(LoadClient ours, double perSecond) {
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        // Below saturation other branches are taken, and what was compiled without them is compiled anew.
        scale.warmUp().of(() -> measure(ours, perSecond));
        for (int round = 0; round < scale.rounds(); round++) {
            LoadResult accepted = measure(ours, perSecond);
            p50.add(accepted.millis(50));
            p99.add(accepted.millis(99));
        }
        String at = rate.isPresent() ? "at %,.0f/s".formatted(perSecond) : "at 70 % load";
        String load = "open loop at %,.0f/s, from the intended start".formatted(perSecond);
        report.add(Figure.of("  p50 " + at, "ms", p50, load));
        report.add(Figure.of("  p99 " + at, "ms", p99, load));
    }

    private LoadResult measure(LoadClient client, double perSecond) {
        return BenchNode.await(client.run(new LoadPlan(scale.loadSeconds(), perSecond)));
    }

    /** As many event loops as the send API has. */
    private int echo() {
        try {
            int port = LoopbackPort.free();
            int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
            BenchNode.await(
                    node.vertx().deployVerticle(() -> new Echo(port), new DeploymentOptions().setInstances(loops)));
            return port;
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }
}
