package dev.sluice.loadtest.demo;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.evidence.Books;
import dev.sluice.loadtest.terminal.Language;
import dev.sluice.loadtest.terminal.StopAtExit;
import dev.sluice.loadtest.verdict.Snapshot;
import dev.sluice.loadtest.verdict.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The main job, once: three tenants, a campaign for each, single sends meanwhile, then the verdict. Blocks. */
public final class Demo {
    private static final long SEED = 20_251_121;
    private static final Duration EARLY_LIMIT = Duration.ofSeconds(90);
    private static final Duration LEAST_RUN = Duration.ofSeconds(6);
    private static final Duration SETTLING_LIMIT = Duration.ofMinutes(3);

    private final DemoOptions options;
    private final NodeComposition composition;
    private final PrintWriter out;
    private final Language language;
    private final String run = DateTimeFormatter.ofPattern("HHmmss").format(LocalTime.now(ZoneId.systemDefault()));
    private final ProgressText text;

    public Demo(DemoOptions options, NodeComposition composition, PrintWriter out) {
        this.options = options;
        this.composition = composition;
        this.out = out;
        this.language = options.language();
        this.text = new ProgressText(language, ZoneId.systemDefault());
    }

    /**
     * Runs it. Everything that was started is stopped when this returns, and when the process is asked to end meanwhile.
     *
     * @return whether every promise was kept
     */
    public boolean run() throws IOException {
        Stage stage = Stage.in(options.directory());
        StopAtExit atExit = StopAtExit.of("demo-stop", stage::close);
        try {
            return conclude(perform(stage), out, language);
        } finally {
            stage.close();
            atExit.disarm();
        }
    }

    /** Prints the verdict over a run; gives whether it holds. */
    static boolean conclude(Snapshot run, PrintWriter out, Language language) {
        Verdict verdict = Verdict.of(run);
        out.println();
        verdict.lines(language).forEach(out::println);
        run.bookFaults().forEach(out::println);
        out.println();
        out.println(
                verdict.holds()
                        ? verdict.kept().wordsIn(language)
                        : language.say("A PROMISE IS BROKEN: see above.", "有承诺未兑现：见上表。"));
        out.flush();
        return verdict.holds();
    }

    private Snapshot perform(Stage stage) throws IOException {
        say("Starting Postgres, Redis, the simulated platform and a node ...", "正在启动 Postgres、Redis、模拟平台和一个节点……");
        stage.start(composition);
        ApiClient admin = stage.adminApi();
        List<DemoTenant> tenants = open(stage, admin);
        List<Bulk> bulks = tenants.stream().map(this::prepare).toList();
        Patience.until(EARLY_LIMIT, () -> bulks.stream().allMatch(Bulk::earlyOnesWent));
        SingleSends singles = new SingleSends(tenants, stage.simulator().clock(), language, run);
        singles.start();
        bulks.forEach(Bulk::start);
        watch(bulks, singles, admin);
        singles.stop();
        if (singles.refused() > 0) {
            say(singles.refused() + " single sends were refused", singles.refused() + " 条单发被拒绝");
        }
        say("Waiting for the last results ...", "正在等待最后的回执……");
        Books books = new Books(stage.node().pool(), stage.node().clock());
        List<Long> ids = tenants.stream().map(DemoTenant::id).toList();
        Patience.until(SETTLING_LIMIT, () -> books.open(ids) == 0);
        return new Readings(stage, admin).snapshot(bulks, singles);
    }

    private List<DemoTenant> open(Stage stage, ApiClient admin) throws IOException {
        TenantOpening opening = new TenantOpening(stage, admin, run);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<DemoTenant> tenants = new ArrayList<>();
        for (TenantPlan plan : TenantPlan.all()) {
            Path path = stage.directory().resolve("people-" + plan.profile() + ".csv");
            PeopleFile people = options.file().isPresent()
                    ? options.file().get()
                    : PeopleFile.write(path, new PeopleMaker(random).make(options.lines()));
            tenants.add(opening.open(plan, people));
        }
        return tenants;
    }

    private Bulk prepare(DemoTenant tenant) {
        Bulk bulk =
                Bulk.prepare(tenant, language.say("All hands at three, hall A", "全员大会：今天下午三点，A 厅") + " (" + run + ")");
        if (bulk.rejected() > 0) {
            say(bulk.rejected() + " rows were refused", bulk.rejected() + " 行被拒绝");
        }
        return bulk;
    }

    /** Shows progress until all campaigns are through, or until much longer than the limits explain. */
    private void watch(List<Bulk> bulks, SingleSends singles, ApiClient admin) {
        Map<String, LastMinute> rates = new HashMap<>();
        Instant started = Instant.now();
        Instant least = started.plus(LEAST_RUN);
        Instant most = started.plus(longest(bulks));
        try (Display display = display()) {
            boolean waiting = true;
            while (waiting || Instant.now().isBefore(least)) {
                List<Progress> progress =
                        bulks.stream().map(bulk -> progress(bulk, admin, rates)).toList();
                display.show(progress, singles.accepted());
                waiting = progress.stream().anyMatch(tenant -> tenant.in(DeliveryState.WAITING) > 0)
                        && Instant.now().isBefore(most);
                Patience.pause(display.rest().toMillis());
            }
            display.show(
                    bulks.stream().map(bulk -> progress(bulk, admin, rates)).toList(), singles.accepted());
        }
    }

    private static Duration longest(List<Bulk> bulks) {
        long people = bulks.stream().mapToLong(Bulk::accepted).max().orElse(0);
        return Duration.ofMinutes(2 + 2 * people / Progress.PEOPLE_PER_MINUTE);
    }

    private Progress progress(Bulk bulk, ApiClient admin, Map<String, LastMinute> rates) {
        Instant now = Instant.now();
        return Progress.of(
                bulk.tenant().plan(),
                bulk.tenant().api().get("/v1/campaigns/" + bulk.id()),
                admin.get("/v1/lanes/" + bulk.tenant().noticeChannelId()),
                rates.computeIfAbsent(bulk.id(), id -> new LastMinute()),
                now);
    }

    private Display display() {
        return options.columns()
                .map(columns -> Display.live(out, text, columns))
                .orElseGet(() -> Display.plain(out, text));
    }

    private void say(String english, String chinese) {
        out.println(language.say(english, chinese));
        out.flush();
    }
}
