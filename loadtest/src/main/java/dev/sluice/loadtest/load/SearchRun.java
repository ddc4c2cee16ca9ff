package dev.sluice.loadtest.load;

import dev.sluice.loadtest.bench.Machine;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.arrivals.RateSearch;
import dev.sluice.loadtest.load.sending.ClientLog;
import dev.sluice.loadtest.load.sending.LoadDriver;
import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.load.stage.NodeProcess;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.load.tenant.TenantOpening;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.SearchSpec;
import dev.sluice.loadtest.terminal.Language;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
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
    private final Language language;

    SearchRun(LoadOptions options, LoadStage stage, PrintWriter out) {
        this.options = options;
        this.scenario = options.scenario();
        this.search = scenario.search().orElseThrow();
        this.stage = stage;
        this.out = out;
        this.language = options.language();
    }

    /** Gives whether any rate held. */
    boolean perform() {
        List<LoadTenant> tenants = new TenantOpening(stage).open(scenario.tenants());
        attempt("warm", search.fromPerSecond(), tenants);
        RateSearch rates = new RateSearch(search);
        for (int attempt = 1; rates.next().isPresent(); attempt++) {
            double perSecond = rates.next().getAsDouble();
            // A machine stands still now and then: a rate is too high when it is so twice.
            rates.tried(attempt("try-" + attempt, perSecond, tenants)
                    || attempt("try-" + attempt + "-again", perSecond, tenants));
        }
        say(highest(rates.highest()));
        return rates.highest() > 0;
    }

    private String highest(double perSecond) {
        if (perSecond == 0) {
            return String.format(
                    Locale.ROOT,
                    language.say(
                            "Not even %,.0f requests a second kept a p99 of %.0f ms (load average %.2f; %s)",
                            "每秒 %,.0f 个请求也未能保持 p99 不超过 %.0f 毫秒（系统负载 %.2f；%s）"),
                    search.fromPerSecond(),
                    search.p99Millis(),
                    Machine.loadAverage(),
                    options.command());
        }
        return String.format(
                Locale.ROOT,
                language.say(
                        "Highest steady rate with p99 up to %.0f ms: %,.0f requests a second (load average %.2f; %s)",
                        "p99 不超过 %.0f 毫秒的最高稳定速率：每秒 %,.0f 个请求（系统负载 %.2f；%s）"),
                search.p99Millis(),
                perSecond,
                Machine.loadAverage(),
                options.command());
    }

    /** Holds a rate; gives whether it kept the bound and nothing was refused. */
    private boolean attempt(String run, double perSecond, List<LoadTenant> tenants) {
        ClientLog log = new ClientLog();
        List<URI> nodes = stage.nodes().stream().map(NodeProcess::sendApi).toList();
        LoadDriver driver = new LoadDriver(
                scenario.steady(perSecond, search.stepSeconds()),
                run,
                tenants,
                nodes,
                1,
                System.nanoTime() + LEAD_NANOS,
                log);
        String id = Patience.await(stage.vertx().deployVerticle(driver));
        Patience.await(driver.done(), (long) search.stepSeconds() + ANSWERS_SECONDS);
        Patience.await(stage.vertx().undeploy(id));
        Histogram took = log.requests();
        double p99Millis = took.getValueAtPercentile(99) / NANOS_PER_MILLI;
        boolean held = log.refused() == 0 && p99Millis <= search.p99Millis();
        say(String.format(
                Locale.ROOT,
                language.say(
                        "%s: %,.0f/s  p50 %.1f  p99 %.1f  max %.0f ms  refused %,d  %s",
                        "%s：每秒 %,.0f  p50 %.1f  p99 %.1f  最大 %.0f 毫秒  拒绝 %,d  %s"),
                run,
                perSecond,
                took.getValueAtPercentile(50) / NANOS_PER_MILLI,
                p99Millis,
                took.getMaxValue() / NANOS_PER_MILLI,
                log.refused(),
                held ? "OK" : "-"));
        return held;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
