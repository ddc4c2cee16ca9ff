package dev.sluice.loadtest.load;

import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.fault.Troubles;
import dev.sluice.loadtest.load.judging.Judging;
import dev.sluice.loadtest.load.judging.Settling;
import dev.sluice.loadtest.load.sampling.Sampler;
import dev.sluice.loadtest.load.sampling.StageLooks;
import dev.sluice.loadtest.load.sending.Campaigns;
import dev.sluice.loadtest.load.sending.ClientLog;
import dev.sluice.loadtest.load.sending.LoadDriver;
import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.load.stage.NodeProcess;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.load.tenant.TenantOpening;
import dev.sluice.loadtest.report.data.LatencySeries;
import dev.sluice.loadtest.report.data.PromiseRow;
import dev.sluice.loadtest.report.data.RunHead;
import dev.sluice.loadtest.report.data.RunRecord;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.verdict.DuringRun;
import dev.sluice.loadtest.verdict.OrganisationReading;
import dev.sluice.loadtest.verdict.Snapshot;
import dev.sluice.loadtest.verdict.Verdict;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** One scenario on a stage that runs: tenants, load, faults, the wait until all is settled, the verdict. Blocks; used once. */
final class LoadRun {
    private static final String RUN = "load";
    /** Over two minutes of trying: longer than any fault that a careful client would wait out. */
    private static final int ATTEMPTS = 70;

    /** Enough to meet what is done wrong to one of a hundred; of a run that is measured, nothing. */
    private static final int MOST_REPEATS = 300;

    /** Where nodes refuse, all attempts take less; where they are silent, the rest are given up. */
    private static final long ANSWERS_SECONDS = 600;

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(3);
    /** Between the last preparation and the first request. */
    private static final long LEAD_NANOS = 500_000_000L;

    private final LoadOptions options;
    private final Scenario scenario;
    private final LoadStage stage;
    private final PrintWriter out;
    private final Language language;
    private final LoadText text;
    private final ClientLog log = new ClientLog();

    LoadRun(LoadOptions options, LoadStage stage, PrintWriter out) {
        this.options = options;
        this.scenario = options.scenario();
        this.stage = stage;
        this.out = out;
        this.language = options.language();
        this.text = new LoadText(language);
    }

    JudgedRun perform() {
        say("Opening tenants and uploading people ...", "正在创建租户并上传名单……");
        List<LoadTenant> tenants = new TenantOpening(stage).open(scenario.tenants());
        Campaigns campaigns = new Campaigns(this::api, RUN, stage.directory(), log);
        campaigns.prepare(scenario, tenants);
        Troubles troubles = new Troubles(scenario, stage, tenants);
        RunStart start = RunStart.after(LEAD_NANOS);
        StageLooks looks = new StageLooks(stage);
        Sampler sampler = new Sampler(log, looks, start.nanos(), new LoadDisplay(out, text, options.columns()));
        Judging judging;
        boolean over;
        try (looks;
                sampler) {
            send(tenants, campaigns, troubles, start.nanos());
            over = settle(tenants);
            judging = ask(tenants, start.nanos(), over);
        }
        if (!over) {
            say(text.late(scenario.bounds().drainSeconds(), sampler.samples().getLast()));
        }
        double seconds = start.seconds();
        stage.stopNodes();
        return judged(judging, looks.seen(), sampler, troubles, start.head(options, seconds, facts()));
    }

    /** Whether all was over in time. */
    private boolean settle(List<LoadTenant> tenants) {
        return new Settling(scenario, tenants, log.all(), stage.pool())
                .await(Duration.ofMillis((long) (scenario.bounds().drainSeconds() * 1_000)));
    }

    /** What only nodes that run can tell. */
    private Judging ask(List<LoadTenant> tenants, long startNanos, boolean over) {
        NodeProcess answering = answering();
        Judging judging = new Judging(
                scenario, stage, tenants, log, startNanos, tenant -> stage.sendApi(answering.sendApi(), tenant.key()));
        judging.ask(over);
        return judging;
    }

    /** When nothing moves any more. */
    private JudgedRun judged(Judging judging, DuringRun during, Sampler sampler, Troubles troubles, RunHead head) {
        Snapshot snapshot = judging.read(during);
        Verdict verdict = Verdict.of(snapshot);
        List<LatencySeries> latencies = new ArrayList<>(sampler.latencies());
        judging.arrivals().ifPresent(latencies::add);
        RunRecord record = new RunRecord(
                head,
                sampler.samples(),
                latencies,
                PromiseRow.of(verdict),
                OrganisationReading.states(snapshot.organisations()),
                troubles.events());
        return new JudgedRun(verdict, snapshot.bookFaults(), record);
    }

    private Map<String, String> facts() {
        return Map.of("nodes", Integer.toString(scenario.stage().nodes()));
    }

    private void send(List<LoadTenant> tenants, Campaigns campaigns, Troubles troubles, long startNanos) {
        List<URI> nodes = stage.nodes().stream().map(NodeProcess::sendApi).toList();
        LoadDriver driver = new LoadDriver(scenario, RUN, tenants, nodes, ATTEMPTS, startNanos, log, MOST_REPEATS);
        Executor plain = Executors.newVirtualThreadPerTaskExecutor();
        CompletableFuture<Void> started = CompletableFuture.runAsync(() -> campaigns.run(startNanos), plain);
        CompletableFuture<Void> over = CompletableFuture.runAsync(() -> troubles.run(startNanos), plain);
        String id = Patience.await(stage.vertx().deployVerticle(driver));
        if (!driver.await(Duration.ofSeconds((long) scenario.loadSeconds() + ANSWERS_SECONDS))) {
            say(text.givenUp(ANSWERS_SECONDS));
        }
        started.join();
        over.join();
        campaigns.clarify();
        Patience.await(stage.vertx().undeploy(id));
    }

    /** A node that was killed may take its time to come back. */
    private NodeProcess answering() {
        Patience.until(ANSWER_LIMIT, () -> stage.nodes().stream().anyMatch(NodeProcess::isReady));
        return stage.nodes().stream()
                .filter(NodeProcess::isReady)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node answers any more"));
    }

    private ApiClient api(LoadTenant tenant, int node) {
        List<NodeProcess> nodes = stage.nodes();
        return stage.sendApi(nodes.get(Math.floorMod(node, nodes.size())).sendApi(), tenant.key());
    }

    private void say(String english, String chinese) {
        say(language.say(english, chinese));
    }

    private void say(String sentence) {
        out.println(sentence);
        out.flush();
    }
}
