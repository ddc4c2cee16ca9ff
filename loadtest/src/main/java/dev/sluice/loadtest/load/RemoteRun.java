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
import dev.sluice.loadtest.scenario.TenantGroup;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** A scenario against an engine that runs elsewhere: judged by what its send API says, since neither its rows nor its platform can be seen. Blocks; used once. */
final class RemoteRun {
    /** Over ten seconds of trying. */
    private static final int ATTEMPTS = 10;

    private static final long ANSWERS_SECONDS = 600;

    private final LoadOptions options;
    private final LoadOptions.Remote remote;
    private final Scenario scenario;
    private final PrintWriter out;
    private final ClientLog log = new ClientLog();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ApiClient api;
    private final LoadTenant tenant;
    private final LongAdder settled = new LongAdder();

    RemoteRun(LoadOptions options, LoadOptions.Remote remote, PrintWriter out) {
        this.options = options;
        this.remote = remote;
        this.scenario = options.scenario();
        this.out = out;
        this.api = new ApiClient(http, remote.engine(), remote.key());
        TenantGroup group = scenario.tenants().getFirst();
        this.tenant = new LoadTenant(
                group,
                group.name(),
                0,
                0,
                "",
                List.of(new LoadTenant.Channel(0, remote.channel(), "")),
                remote.key(),
                remote.peoplePrefix());
    }

    /** Why the engine would take nothing from us; empty when it would. Nothing is sent. */
    Optional<String> obstacle() {
        try {
            api.post("/v1/messages", tenant.question());
            return Optional.empty();
        } catch (ApiFailure refused) {
            return Optional.of(
                    switch (refused.status()) {
                        case 0 -> "--engine: nobody answers at " + remote.engine();
                        case 401 -> "--engine: the key is not in force at " + remote.engine();
                        default ->
                            "--engine: would not take a message through channel %s: %s"
                                    .formatted(remote.channel(), refused.reason());
                    });
        }
    }

    /** Gives whether nothing is broken that can be seen. */
    boolean perform() throws IOException {
        // Contents and keys of an earlier run must not meet those of this one.
        String run = "load-" + Instant.now().getEpochSecond();
        Path directory = Files.createTempDirectory("sluice-load");
        Vertx vertx = Vertx.vertx();
        LoadText text = new LoadText(options.language());
        try (RemoteProgress progress = new RemoteProgress(log, settled::sum, text, out)) {
            progress.start();
            send(run, directory, vertx);
            return conclude(readings());
        } finally {
            Patience.await(vertx.close());
            http.shutdownNow();
            DirectoryTree.delete(directory);
        }
    }

    private void send(String run, Path directory, Vertx vertx) {
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

    /** What the API says of everything, as soon as it is settled. */
    private List<SubmissionReading> readings() {
        List<Sent> open =
                new ArrayList<>(log.all().stream().filter(Sent::accepted).toList());
        List<SubmissionReading> readings = new ArrayList<>();
        Patience.until(Duration.ofMillis((long) (scenario.bounds().drainSeconds() * 1_000)), () -> {
            open.removeIf(one -> settled(one, readings));
            return open.isEmpty();
        });
        open.forEach(one -> readings.add(reading(one)));
        return readings;
    }

    private boolean settled(Sent one, List<SubmissionReading> readings) {
        SubmissionReading reading;
        try {
            reading = reading(one);
        } catch (ApiFailure busy) {
            return false;
        }
        boolean nobodyWaits = reading.api().getOrDefault(DeliveryState.WAITING, 0L) == 0;
        if (!nobodyWaits && !reading.mayWait()) {
            return false;
        }
        readings.add(reading);
        settled.add(one.people());
        return true;
    }

    private boolean conclude(List<SubmissionReading> readings) {
        OrganisationReading organisation = new OrganisationReading(
                tenant.name(),
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

    private SubmissionReading reading(Sent one) {
        String path = one.load().kind() == LoadKind.CAMPAIGN ? "/v1/campaigns/" : "/v1/messages/";
        Map<DeliveryState, Long> states = States.of(api.get(path + one.id()).getJsonObject("counts"));
        return new SubmissionReading(
                one.id(), one.people(), states, states, one.load().expect() == Expectation.HELD);
    }

    private LoadReading load() {
        Bounds bounds = scenario.bounds();
        List<Sent> sent = log.all();
        return new LoadReading(
                false,
                sent.size(),
                sent.stream().filter(one -> !one.accepted()).count(),
                bounds.refusedShare(),
                Snapshot.Latencies.of(log.requests(), 0),
                bounds.acceptP99Millis(),
                bounds.singlesP99Millis(),
                0,
                0,
                0,
                0,
                0,
                0);
    }
}
