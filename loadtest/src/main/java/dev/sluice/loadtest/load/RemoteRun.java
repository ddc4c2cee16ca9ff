package dev.sluice.loadtest.load;

import dev.sluice.engine.embedded.DirectoryTree;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.client.States;
import dev.sluice.loadtest.load.sending.Campaigns;
import dev.sluice.loadtest.load.sending.ClientLog;
import dev.sluice.loadtest.load.sending.LoadDriver;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Bounds;
import dev.sluice.loadtest.scenario.Expectation;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.verdict.LoadReading;
import dev.sluice.loadtest.verdict.OrganisationReading;
import dev.sluice.loadtest.verdict.Snapshot;
import dev.sluice.loadtest.verdict.SubmissionReading;
import dev.sluice.loadtest.verdict.Verdict;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/** A scenario against an engine that runs elsewhere: judged by what its send API says, since neither its rows nor its platform can be seen. Blocks; used once. */
final class RemoteRun {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int ATTEMPTS = 5;
    private static final long ANSWERS_SECONDS = 600;

    private final LoadOptions options;
    private final LoadOptions.Remote remote;
    private final Scenario scenario;
    private final PrintWriter out;
    private final ClientLog log = new ClientLog();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ApiClient api;

    RemoteRun(LoadOptions options, LoadOptions.Remote remote, PrintWriter out) {
        this.options = options;
        this.remote = remote;
        this.scenario = options.scenario();
        this.out = out;
        this.api = new ApiClient(http, remote.engine(), remote.key());
    }

    /** Gives whether nothing is broken that can be seen. */
    boolean perform() throws IOException {
        // Contents and keys of an earlier run must not meet those of this one.
        String run = "load-" + Instant.now().getEpochSecond();
        Path directory = Files.createTempDirectory("sluice-load");
        Vertx vertx = Vertx.vertx();
        try {
            send(run, directory, vertx);
            return judge();
        } finally {
            Patience.await(vertx.close());
            http.shutdownNow();
            DirectoryTree.delete(directory);
        }
    }

    private void send(String run, Path directory, Vertx vertx) {
        LoadTenant tenant = new LoadTenant(
                scenario.tenants().getFirst(),
                scenario.tenants().getFirst().name(),
                0,
                0,
                "",
                List.of(new LoadTenant.Channel(0, remote.channel(), "")),
                remote.key(),
                remote.peoplePrefix());
        Campaigns campaigns = new Campaigns((sender, node) -> api, run, directory, log);
        campaigns.prepare(scenario, List.of(tenant));
        long startNanos = System.nanoTime();
        LoadDriver driver =
                new LoadDriver(scenario, run, List.of(tenant), List.of(remote.engine()), ATTEMPTS, startNanos, log);
        CompletableFuture<Void> started = CompletableFuture.runAsync(
                () -> campaigns.run(startNanos), work -> Thread.ofVirtual().start(work));
        Patience.await(vertx.deployVerticle(driver));
        Patience.await(driver.done(), (long) scenario.loadSeconds() + ANSWERS_SECONDS);
        started.join();
    }

    private boolean judge() {
        List<Sent> open =
                new ArrayList<>(log.all().stream().filter(Sent::accepted).toList());
        List<SubmissionReading> readings = new ArrayList<>();
        Patience.until(Duration.ofMillis((long) (scenario.bounds().drainSeconds() * 1_000)), () -> {
            open.removeIf(one -> settled(one, readings));
            return open.isEmpty();
        });
        open.forEach(one -> readings.add(reading(one)));
        OrganisationReading organisation = new OrganisationReading(
                scenario.tenants().getFirst().name(),
                readings,
                0,
                new OrganisationReading.Calls(0, 0, 0, 0, 0),
                List.of(),
                new OrganisationReading.PeopleMinute(0, 0, 0, 0));
        Verdict verdict = Verdict.ofClient(List.of(organisation), load());
        out.println();
        verdict.lines(options.language()).forEach(out::println);
        out.println();
        out.println(Conclusion.of(verdict, options.language()));
        out.flush();
        return verdict.holds();
    }

    private boolean settled(Sent one, List<SubmissionReading> readings) {
        SubmissionReading reading;
        try {
            reading = reading(one);
        } catch (ApiFailure busy) {
            return false;
        }
        boolean settled = reading.api().getOrDefault(DeliveryState.WAITING, 0L) == 0;
        if (settled || reading.mayWait()) {
            readings.add(reading);
        }
        return settled || reading.mayWait();
    }

    private SubmissionReading reading(Sent one) {
        String path = one.load().kind() == LoadKind.CAMPAIGN ? "/v1/campaigns/" : "/v1/messages/";
        Map<DeliveryState, Long> states = States.of(api.get(path + one.id()).getJsonObject("counts"));
        return new SubmissionReading(
                one.id(), one.people(), states, states, one.load().expect() == Expectation.HELD);
    }

    private LoadReading load() {
        Bounds bounds = scenario.bounds();
        Histogram took = log.requests();
        List<Sent> sent = log.all();
        return new LoadReading(
                false,
                sent.size(),
                sent.stream().filter(one -> !one.accepted()).count(),
                bounds.refusedShare(),
                new Snapshot.Latencies(
                        took.getTotalCount(),
                        0,
                        took.getValueAtPercentile(50) / NANOS_PER_MILLI,
                        took.getValueAtPercentile(99) / NANOS_PER_MILLI,
                        took.getMaxValue() / NANOS_PER_MILLI),
                bounds.acceptP99Millis(),
                0,
                0,
                0,
                0,
                0);
    }
}
