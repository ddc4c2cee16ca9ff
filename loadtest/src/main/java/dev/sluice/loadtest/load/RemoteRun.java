package dev.sluice.loadtest.load;

import dev.sluice.engine.embedded.DirectoryTree;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.remote.CountPolling;
import dev.sluice.loadtest.load.remote.RemoteEngine;
import dev.sluice.loadtest.load.remote.RemoteEngine.Absence;
import dev.sluice.loadtest.load.remote.RemoteSettling;
import dev.sluice.loadtest.load.remote.RemoteStates;
import dev.sluice.loadtest.load.sampling.EngineLook;
import dev.sluice.loadtest.load.sampling.Sampler;
import dev.sluice.loadtest.load.sending.Campaigns;
import dev.sluice.loadtest.load.sending.ClientLog;
import dev.sluice.loadtest.load.sending.LoadDriver;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.report.EngineAwayWords;
import dev.sluice.loadtest.report.data.EngineAway;
import dev.sluice.loadtest.report.data.Event;
import dev.sluice.loadtest.report.data.PromiseRow;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.scenario.Bounds;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.TenantGroup;
import dev.sluice.loadtest.terminal.StopAtExit;
import dev.sluice.loadtest.verdict.DuringRun;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A scenario against an engine that runs elsewhere: judged by what its send API says, since neither its rows nor its platform can be seen. When it goes away, what it
 * did not say is not judged. Blocks; used once.
 */
final class RemoteRun {
    /** Over ten seconds of trying. */
    private static final int ATTEMPTS = 10;

    /** Ten attempts of 15 seconds and their pauses take less than three minutes; a crowd that waits for its connections is given up. */
    private static final long ANSWERS_SECONDS = 300;
    /** Between the last preparation and the first request. */
    private static final long LEAD_NANOS = 500_000_000L;

    private final LoadOptions options;
    private final LoadOptions.Remote remote;
    private final Scenario scenario;
    private final PrintWriter out;
    private final ClientLog log = new ClientLog();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ApiClient api;
    private final RemoteEngine engine;
    private final LoadTenant tenant;

    RemoteRun(LoadOptions options, LoadOptions.Remote remote, PrintWriter out) {
        this.options = options;
        this.remote = remote;
        this.scenario = options.scenario();
        this.out = out;
        this.api = new ApiClient(http, remote.engine(), remote.key());
        this.engine = new RemoteEngine(api);
        TenantGroup group = scenario.tenants().getFirst();
        this.tenant = new LoadTenant(
                group,
                group.name(),
                0,
                0,
                "",
                List.of(new LoadTenant.Channel(0, remote.channel(), "", "")),
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
                        case 0 -> "--engine: nobody answers at %s: %s".formatted(remote.engine(), refused.reason());
                        case 200 ->
                            "--engine: who answers at %s is no Sluice: %s".formatted(remote.engine(), refused.reason());
                        case 401 -> "--engine: the key is not in force at " + remote.engine();
                        default ->
                            "--engine: would not take a message through channel %s: %s"
                                    .formatted(remote.channel(), refused.reason());
                    });
        }
    }

    /** Sends for real. */
    JudgedRun perform() throws IOException {
        // Contents and keys of an earlier run must not meet those of this one.
        Instant begin = Instant.now();
        String run = "load-" + begin.getEpochSecond();
        Path directory = Files.createTempDirectory("sluice-load");
        StopAtExit atExit = StopAtExit.of("people-files", () -> forget(directory));
        Vertx vertx = Vertx.vertx();
        try {
            Campaigns campaigns = new Campaigns((sender, node) -> api, run, directory, log);
            sayUpload();
            campaigns.prepare(scenario, List.of(tenant));
            try (CountPolling polling = new CountPolling(engine, run, begin)) {
                return perform(run, campaigns, polling, vertx);
            }
        } finally {
            Patience.await(vertx.close());
            http.shutdownNow();
            DirectoryTree.delete(directory);
            atExit.disarm();
        }
    }

    private static void forget(Path directory) {
        try {
            DirectoryTree.delete(directory);
        } catch (IOException inUse) {
            // The run is still writing there and is killed in a moment: what is left are people files of this run in
            // the system's temporary directory.
        }
    }

    private void sayUpload() {
        if (scenario.load().stream().anyMatch(load -> load.kind() == LoadKind.CAMPAIGN)) {
            out.println(options.language().say("Uploading people ...", "正在上传名单……"));
            out.flush();
        }
    }

    private JudgedRun perform(String run, Campaigns campaigns, CountPolling polling, Vertx vertx) {
        RunStart start = RunStart.after(LEAD_NANOS);
        RemoteSettling settling = new RemoteSettling(engine);
        RemoteDisplay display = new RemoteDisplay(
                new LoadDisplay(out, new LoadText(options.language()), options.columns()), start, engine::absence);
        Supplier<EngineLook> looks =
                () -> new EngineLook(Math.max(polling.last().settled(), settling.settled()), Optional.empty());
        Sampler sampler = new Sampler(log, looks, start.nanos(), display);
        Duration drain = Duration.ofMillis((long) (scenario.bounds().drainSeconds() * 1_000));
        RemoteStates states;
        try (sampler) {
            send(run, campaigns, vertx, start.nanos());
            List<Sent> accepted = log.all().stream().filter(Sent::accepted).toList();
            states = settling.states(accepted, drain);
        }
        double seconds = start.seconds();
        CountPolling.Count count = polling.last();
        Optional<EngineAway> away = away(states, start);
        List<OrganisationReading> organisations = List.of(organisation(states.readings()));
        Verdict verdict = Verdict.ofClient(organisations, load(), states.unreadPeople());
        return new JudgedRun(
                verdict,
                List.of(),
                new RunRecord(
                        start.head(options, seconds, facts(count)),
                        sampler.samples(),
                        sampler.latencies(),
                        PromiseRow.of(verdict),
                        away.isPresent() ? count.states() : OrganisationReading.states(organisations),
                        events(away, start),
                        away));
    }

    private Optional<EngineAway> away(RemoteStates states, RunStart start) {
        if (states.unread().isEmpty()) {
            return Optional.empty();
        }
        return states.absence()
                .map(absence -> new EngineAway(
                        start.second(absence.sinceNanos()), absence.status(), states.unreadPeople(), log.accepted()));
    }

    private List<Event> events(Optional<EngineAway> away, RunStart start) {
        List<Event> events = new ArrayList<>();
        for (Absence absence : engine.ended()) {
            events.add(EngineAwayWords.gone(start.second(absence.sinceNanos()), absence.status()));
            events.add(EngineAwayWords.back(start.second(absence.untilNanos())));
        }
        away.ifPresent(last -> events.add(EngineAwayWords.gone(last.second(), last.status())));
        return events;
    }

    private void send(String run, Campaigns campaigns, Vertx vertx, long startNanos) {
        LoadDriver driver =
                new LoadDriver(scenario, run, List.of(tenant), List.of(remote.engine()), ATTEMPTS, startNanos, log, 0);
        CompletableFuture<Void> started = CompletableFuture.runAsync(
                () -> campaigns.run(startNanos), work -> Thread.ofVirtual().start(work));
        Patience.await(vertx.deployVerticle(driver));
        Duration limit =
                Duration.ofMillis((long) (scenario.loadSeconds() * 1_000)).plusSeconds(ANSWERS_SECONDS);
        if (!driver.await(limit)) {
            sayGivenUp();
        }
        started.join();
        campaigns.clarify();
    }

    private void sayGivenUp() {
        out.println(new LoadText(options.language()).givenUp(ANSWERS_SECONDS));
        out.flush();
    }

    private Map<String, String> facts(CountPolling.Count count) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("engine", remote.engine().toString());
        facts.put("channel", remote.channel());
        facts.put("counts of the engine", Long.toString(count.answers()));
        facts.put("most seconds between two counts", String.format(Locale.ROOT, "%.1f", count.longestGapNanos() / 1e9));
        return facts;
    }

    private OrganisationReading organisation(List<SubmissionReading> readings) {
        return new OrganisationReading(
                tenant.name(),
                readings,
                0,
                new OrganisationReading.Calls(0, 0, 0, 0, 0),
                List.of(),
                new OrganisationReading.PeopleMinute(0, 0, 0, 0),
                OrganisationReading.Month.unlimited());
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
                sent.stream().filter(one -> one.answer() == Sent.Answer.NONE).count(),
                0,
                0,
                0,
                0,
                new LoadReading.Strangers(0, 0),
                DuringRun.unseen(),
                LoadReading.Behaviour.UNSEEN);
    }
}
