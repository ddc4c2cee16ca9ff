package dev.sluice.loadtest.load;

import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.arrivals.RateSearch;
import dev.sluice.loadtest.load.sending.ClientLog;
import dev.sluice.loadtest.load.sending.LoadDriver;
import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.load.stage.NodeProcess;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.load.tenant.TenantOpening;
import dev.sluice.loadtest.report.data.SearchRecord;
import dev.sluice.loadtest.report.data.SearchStep;
import dev.sluice.loadtest.report.data.SearchStep.Turn;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.SearchSpec;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Tries one rate after the other on a stage that runs, until the highest is known that keeps the bound. Blocks; used once. */
final class SearchRun {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long LEAD_NANOS = 200_000_000L;
    private static final long ANSWERS_SECONDS = 120;

    private final LoadOptions options;
    private final Scenario scenario;
    private final SearchSpec search;
    private final LoadStage stage;
    private final PrintWriter out;
    private final SearchText text;
    private final List<SearchStep> steps = new ArrayList<>();

    SearchRun(LoadOptions options, LoadStage stage, PrintWriter out) {
        this.options = options;
        this.scenario = options.scenario();
        this.search = scenario.search().orElseThrow();
        this.stage = stage;
        this.out = out;
        this.text = new SearchText(options.language());
    }

    SearchRecord perform() {
        List<LoadTenant> tenants = new TenantOpening(stage).open(scenario.tenants());
        RunStart start = RunStart.after(0);
        hold(0, Turn.WARM_UP, search.fromPerSecond(), tenants);
        RateSearch rates = new RateSearch(search);
        for (int number = 1; rates.next().isPresent(); number++) {
            double perSecond = rates.next().getAsDouble();
            rates.tried(hold(number, Turn.FIRST, perSecond, tenants) || hold(number, Turn.SECOND, perSecond, tenants));
        }
        Map<String, String> nodes =
                Map.of("nodes", Integer.toString(scenario.stage().nodes()));
        return new SearchRecord(start.head(options, start.seconds(), nodes), search, steps, rates.highest());
    }

    /** Holds a rate; gives whether it kept the bound and nothing was refused. */
    private boolean hold(int number, Turn turn, double perSecond, List<LoadTenant> tenants) {
        SearchStep step = step(number, turn, perSecond, tenants);
        steps.add(step);
        out.println(text.line(step));
        out.flush();
        return step.kept();
    }

    private SearchStep step(int number, Turn turn, double perSecond, List<LoadTenant> tenants) {
        ClientLog log = new ClientLog();
        send(SearchStep.name(number, turn), perSecond, tenants, log);
        Histogram took = log.requests();
        double p99Millis = millis(took, took.getValueAtPercentile(99));
        return new SearchStep(
                number,
                turn,
                perSecond,
                took.getTotalCount(),
                log.refused(),
                millis(took, took.getValueAtPercentile(50)),
                p99Millis,
                millis(took, took.getMaxValue()),
                log.refused() == 0 && p99Millis <= search.p99Millis());
    }

    private static double millis(Histogram took, long nanos) {
        return took.getTotalCount() == 0 ? Double.NaN : nanos / NANOS_PER_MILLI;
    }

    private void send(String run, double perSecond, List<LoadTenant> tenants, ClientLog log) {
        List<URI> nodes = stage.nodes().stream().map(NodeProcess::sendApi).toList();
        LoadDriver driver = new LoadDriver(
                scenario.steady(perSecond, search.stepSeconds()),
                run,
                tenants,
                nodes,
                1,
                System.nanoTime() + LEAD_NANOS,
                log,
                0);
        String id = Patience.await(stage.vertx().deployVerticle(driver));
        driver.await(Duration.ofSeconds((long) search.stepSeconds() + ANSWERS_SECONDS));
        Patience.await(stage.vertx().undeploy(id));
    }
}
