package dev.sluice.loadtest.load.judging;

import dev.sluice.engine.http.PublicId;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.evidence.Books;
import dev.sluice.loadtest.evidence.BusiestAddress;
import dev.sluice.loadtest.evidence.Causes;
import dev.sluice.loadtest.evidence.Ends;
import dev.sluice.loadtest.evidence.Overtakings;
import dev.sluice.loadtest.evidence.PlatformTally;
import dev.sluice.loadtest.evidence.Refusals;
import dev.sluice.loadtest.evidence.ShownTwice;
import dev.sluice.loadtest.evidence.SilentDrops;
import dev.sluice.loadtest.evidence.WorstSeconds;
import dev.sluice.loadtest.load.sending.ClientLog;
import dev.sluice.loadtest.load.sending.Sent;
import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.load.stage.NodeProcess;
import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.report.data.LatencySeries;
import dev.sluice.loadtest.scenario.Bounds;
import dev.sluice.loadtest.scenario.Expectation;
import dev.sluice.loadtest.scenario.LoadKind;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.TenantGroup;
import dev.sluice.loadtest.verdict.DuringRun;
import dev.sluice.loadtest.verdict.LoadReading;
import dev.sluice.loadtest.verdict.OrganisationReading;
import dev.sluice.loadtest.verdict.Snapshot;
import dev.sluice.loadtest.verdict.SubmissionReading;
import dev.sluice.simulator.limit.MonthMeter;
import dev.sluice.simulator.settings.Limits;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what a run left behind: first through the API, then, when nothing moves any more, rows and the platform's ledger. Blocks; used once. */
public final class Judging {
    /** The first minute counts from the first notice; a campaign that starts later left it empty. */
    private static final double LATEST_START_SECONDS = 1;

    private static final int MOST_QUESTIONS = 6;
    /** Beside the way to the platform: a call may be written down before its deadline and leave a moment after it. */
    private static final long LATE_MILLIS = 5_000;

    private final Scenario scenario;
    private final LoadStage stage;
    private final List<LoadTenant> tenants;
    private final Map<LoadTenant, List<Sent>> accepted = new HashMap<>();
    private final ClientLog log;
    private final List<Sent> sent;
    private final HeldTenants held;
    private final Installation rows;
    private final Asked asked;
    private final Strangers strangers;

    private final List<OrganisationReading> organisations = new ArrayList<>();
    private final SilentDrops drops = new SilentDrops();
    private final ShownTwice shownTwice = new ShownTwice();
    private final List<String> bookFaults = new ArrayList<>();
    private final Arrivals arrivals;
    private final Ends deadlines;
    private final Ends cancels;
    private final Map<Long, Instant> cancelled;
    private final Urgency urgency;
    private long foundRows;
    private long foreignPeople;
    private long ownEnds;

    /**
     * @param log of the client, in which nothing will change
     * @param startNanos when the load began, on the clock of {@link System#nanoTime()}
     * @param apis the send API with a tenant's key, at a node that runs
     */
    public Judging(
            Scenario scenario,
            LoadStage stage,
            List<LoadTenant> tenants,
            ClientLog log,
            long startNanos,
            Function<LoadTenant, ApiClient> apis) {
        this.scenario = scenario;
        this.stage = stage;
        this.tenants = tenants;
        this.log = log;
        this.sent = log.all();
        this.cancelled = log.cancelled().entrySet().stream()
                .collect(Collectors.toMap(one -> number(one.getKey()), Map.Entry::getValue));
        this.held = new HeldTenants(scenario);
        this.rows = new Installation(stage.pool());
        this.asked = new Asked(apis);
        this.strangers = new Strangers(apis);
        this.urgency = new Urgency(stage.simulator().clock());
        long lateMillis = LATE_MILLIS + scenario.stage().platformLatency().toMillis();
        this.deadlines = new Ends(lateMillis);
        this.cancels = new Ends(lateMillis);
        this.arrivals = new Arrivals(stage.simulator().clock(), startNanos);
        sent.stream()
                .filter(Sent::accepted)
                .forEach(one -> accepted.computeIfAbsent(one.tenant(), tenant -> new ArrayList<>())
                        .add(one));
    }

    /**
     * Looks at what only running nodes can say.
     *
     * @param over whether nothing moves any more; what does would be another by the time at which the rows are read
     */
    public void ask(boolean over) {
        if (over) {
            asked.submissions(sent.stream()
                    .filter(one -> one.accepted() && held.isStill(one))
                    .toList());
            tenants.stream().filter(tenant -> !held.contains(tenant)).forEach(tenant -> asked.settled(tenant, rows));
        }
        tenants.stream().filter(held::contains).forEach(tenant -> asked.waiting(tenant, rows));
        strangers.ask(tenants, accepted);
        countEnds(stage.nodes());
    }

    private void countEnds(List<NodeProcess> nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            NodeProcess node = nodes.get(i);
            ownEnds += new NodeEnds(scenario.faults(), i + 1).against(node.ownEnds(), node.isAlive());
        }
    }

    /**
     * Takes everything else. Nothing may move meanwhile.
     *
     * @param during what was seen of the nodes while the load went on
     */
    public Snapshot read(DuringRun during) {
        Map<String, PlatformTally> tallies = PlatformTally.byOrganisation(stage.simulator());
        Map<Long, List<Installation.Budget>> budgets = rows.budgets();
        for (LoadTenant tenant : tenants) {
            read(
                    tenant,
                    tallies.getOrDefault(tenant.corpId(), PlatformTally.empty()),
                    budgets.getOrDefault(tenant.organisationId(), List.of()));
        }
        return new Snapshot(
                organisations,
                BusiestAddress.of(stage.simulator()),
                drops.counted(),
                shownTwice.counted(),
                stage.simulator().ledger().throttleAnswers(),
                arrivals.summary(),
                bookFaults,
                Optional.of(load(during)),
                refusals());
    }

    /** Faults and limits of a file's own make it refuse what would be taken. */
    private Snapshot.Refusals refusals() {
        boolean asItComes =
                scenario.faults().isEmpty() && scenario.stage().platformLimits().isEmpty();
        return asItComes ? Refusals.of(stage.simulator()) : Snapshot.Refusals.NOT_JUDGED;
    }

    /** From intended start to the platform, by the second of the start; empty where no single send could be timed. */
    public Optional<LatencySeries> arrivals() {
        return arrivals.series("single sends to the platform");
    }

    private void read(LoadTenant tenant, PlatformTally tally, List<Installation.Budget> budgets) {
        List<Books.Delivery> deliveries = rows.books().deliveries(tenant.id());
        List<Sent> submissions = accepted.getOrDefault(tenant, List.of());
        Map<Long, Map<DeliveryState, Long>> byState = Books.states(deliveries);
        List<Books.Submission> stored = rows.books().submissions(tenant.id());
        deadlines.add(stored, Books.Submission::deadline, tally);
        cancels.add(stored, one -> cancelled.getOrDefault(one.id(), Instant.MAX), tally);
        Map<Long, Long> fingerprints = Books.fingerprints(stored, deliveries);
        List<SubmissionReading> readings = submissions(tenant, submissions, byState, fingerprints);
        long unasked = drops.add(deliveries, tenant.groups(), tally, receipts(tenant));
        if (areResultsDue(tenant, budgets)) {
            drops.addAsked(deliveries.stream());
        }
        drops.addCauseless(Causes.without(
                deliveries,
                tally,
                stage.simulator().limits().current().notice().messagesPerPersonPerDay(),
                cancelled.keySet()));
        shownTwice.add(deliveries, tenant.groups(), tally);
        // A call whose node was killed is sent again, so that the platform says who had the first one.
        long doubtful = budgets.stream().mapToLong(Installation.Budget::unsure).sum();
        drops.addCaused(
                tally.caused() + (scenario.faults().isEmpty() ? tally.repeated() : tally.repeatedBeyond(doubtful)));
        foreignPeople += tally.everybody().stream()
                .filter(person -> !tenant.owns(person))
                .count();
        Overtakings overtakings = new Overtakings(stored, tally);
        submissions.forEach(one -> urgency.add(one, overtakings, qps(tenant)));
        submissions.forEach(one -> arrivals.add(
                one, tally, byState.getOrDefault(number(one), Map.of()).keySet()));
        bookFaults.addAll(rows.books().faults(tenant.organisationId()));
        organisations.add(new OrganisationReading(
                tenant.name(),
                readings,
                tally.shown() + unasked,
                calls(tenant, submissions, tally, budgets),
                WorstSeconds.of(
                        tally,
                        tenant.channels().stream()
                                .map(LoadTenant.Channel::appKey)
                                .toList(),
                        qps(tenant)),
                minute(tenant, submissions, tally),
                month(tenant, budgets, tally)));
    }

    /** Whoever is dropped through another channel is named in the very answer. */
    private static ReceiptPolicy receipts(LoadTenant tenant) {
        return tenant.group().channel() == ChannelKind.DINGTALK_WORK
                ? tenant.group().receipts()
                : ReceiptPolicy.ALL;
    }

    /** Faults cost questions, a month that is spent to its reserve leaves none, and where somebody may wait so may a result. */
    private boolean areResultsDue(LoadTenant tenant, List<Installation.Budget> budgets) {
        return scenario.faults().isEmpty()
                && tenant.group().receipts() == ReceiptPolicy.ALL
                && tenant.group().channel() != ChannelKind.DINGTALK_WEBHOOK
                && !held.contains(tenant)
                && budgets.stream().noneMatch(Judging::isSpentToItsReserve);
    }

    private static boolean isSpentToItsReserve(Installation.Budget budget) {
        return budget.taken() >= budget.granted() - budget.granted() * TenantGroup.RESERVE_PERCENT / 100;
    }

    private List<SubmissionReading> submissions(
            LoadTenant tenant,
            List<Sent> submissions,
            Map<Long, Map<DeliveryState, Long>> byState,
            Map<Long, Long> fingerprints) {
        Map<Long, Map<DeliveryState, Long>> counters = rows.counters(tenant);
        List<SubmissionReading> readings = new ArrayList<>();
        for (Sent one : submissions) {
            long number = number(one);
            Map<DeliveryState, Long> counted = Objects.requireNonNullElse(counters.remove(number), Map.of());
            readings.add(new SubmissionReading(
                    one.id(),
                    one.people(),
                    asked.states().getOrDefault(one.id(), counted),
                    byState.getOrDefault(number, Map.of()),
                    one.load().expect() == Expectation.HELD,
                    Objects.equals(fingerprints.get(number), one.fingerprint())));
        }
        foundRows += counters.size();
        counters.forEach((number, counted) ->
                readings.add(found(number, counted, byState.getOrDefault(number, Map.of()), held.contains(tenant))));
        return readings;
    }

    private static long number(Sent one) {
        return number(one.id());
    }

    private static long number(String id) {
        return PublicId.submission(id).orElseThrow();
    }

    /** No answer promised it, and still the platform may have shown it. */
    private static SubmissionReading found(
            long number, Map<DeliveryState, Long> counted, Map<DeliveryState, Long> rows, boolean mayWait) {
        long people = counted.values().stream().mapToLong(Long::longValue).sum();
        return new SubmissionReading(PublicId.message(number), people, counted, rows, mayWait, true);
    }

    private OrganisationReading.Calls calls(
            LoadTenant tenant, List<Sent> submissions, PlatformTally tally, List<Installation.Budget> budgets) {
        long apart = submissions.stream()
                .filter(one ->
                        one.load().kind().hasRate() && one.load().contents().repeat())
                .count();
        return new OrganisationReading.Calls(
                tally.sendCalls() + tally.idleQuestions(questionsOfEach(tenant)),
                tally.leastCalls(0, 0, tenant.group().mostPeoplePerCall(Integer.MAX_VALUE)),
                apart,
                budgets.stream().mapToLong(Installation.Budget::spent).sum(),
                metered(tenant, budgets),
                budgets.stream().mapToLong(Installation.Budget::reserved).sum(),
                budgets.stream().mapToLong(Installation.Budget::unsure).sum());
    }

    /** One answers where the platform is done with a call by then; else it is asked again, up to six times. */
    private long questionsOfEach(LoadTenant tenant) {
        Limits limits = stage.simulator().limits().current();
        long doneMillis =
                Math.max(limits.notice().deliveryMillis(), limits.robot().readFromMillis());
        long once = doneMillis > scenario.stage().receiptAfterMillis() ? MOST_QUESTIONS : 1;
        return tenant.group().receipts() == ReceiptPolicy.NONE ? 0 : once;
    }

    /** What the platform counted of what must be booked. */
    private long metered(LoadTenant tenant, List<Installation.Budget> budgets) {
        Map<BudgetPool, Long> others = budgets.stream()
                .collect(Collectors.toMap(budget -> BudgetPool.ofWireName(budget.pool()), Installation.Budget::others));
        return MeteredPools.of(tenant.group().tier(), others.keySet()).stream()
                .mapToLong(pool -> metered(tenant.corpId(), pool, others.getOrDefault(pool, 0L)))
                .sum();
    }

    /** The platform's ledger leaves out what others of an organisation spent, and webhooks: its meter of those has the others' in it. */
    private long metered(String corpId, BudgetPool pool, long others) {
        YearMonth month = YearMonth.from(rows.month());
        return switch (pool) {
            case API -> stage.simulator().ledger().meteredCalls(corpId, month);
            case WEBHOOK -> stage.simulator().month().used(corpId, MonthMeter.Pool.WEBHOOK, month) - others;
        };
    }

    private OrganisationReading.PeopleMinute minute(LoadTenant tenant, List<Sent> submissions, PlatformTally tally) {
        Limits.Notice notice = stage.simulator().limits().current().notice();
        CallPace pace = new CallPace(
                qps(tenant),
                tenant.group().mostPeoplePerCall(notice.usersPerCall()),
                scenario.stage().platformLatency().toMillis());
        long fullMinutes = pace.peopleAMinute() > notice.recipientsPerMinute() ? fullMinutes(submissions, tally) : 0;
        return new OrganisationReading.PeopleMinute(
                tally.worstMinute(), notice.recipientsPerMinute(), fullMinutes, tally.peopleInFirst(fullMinutes));
    }

    /** A campaign keeps its lane full from its start on, so that minutes count while its people wait. */
    private static long fullMinutes(List<Sent> submissions, PlatformTally tally) {
        return submissions.stream()
                .filter(one -> one.load().kind() == LoadKind.CAMPAIGN
                        && one.load().timing().fromSeconds() < LATEST_START_SECONDS
                        && one.load().expect() == Expectation.SETTLED)
                .mapToLong(one -> tally.fullMinutes(one.contentHash()))
                .max()
                .orElse(0);
    }

    private long qps(LoadTenant tenant) {
        return stage.simulator().limits().current().tier(tenant.group().tier()).qps();
    }

    private OrganisationReading.Month month(LoadTenant tenant, List<Installation.Budget> budgets, PlatformTally tally) {
        return new OrganisationReading.Month(
                budgets.stream()
                        .map(budget -> new OrganisationReading.MonthUnits(budget.taken(), budget.granted()))
                        .toList(),
                tally.monthRefusals(),
                rows.books().bulkUnits(tenant.organisationId()));
    }

    private LoadReading load(DuringRun during) {
        Bounds bounds = scenario.bounds();
        return new LoadReading(
                !scenario.faults().isEmpty(),
                sent.size(),
                sent.stream().filter(one -> !one.accepted()).count(),
                bounds.refusedShare(),
                Snapshot.Latencies.of(log.requests(), 0),
                bounds.acceptP99Millis(),
                bounds.singlesP99Millis(),
                foundRows,
                sent.stream().filter(one -> one.answer() == Sent.Answer.NONE).count(),
                foreignPeople,
                asked.waiting(),
                asked.unexplained(),
                ownEnds,
                strangers.reading(),
                during,
                new LoadReading.Behaviour(
                        new LoadReading.Ends(deadlines.contents(), deadlines.passed()),
                        new LoadReading.Ends(cancels.contents(), cancels.passed()),
                        new LoadReading.Repeats(log.repeated(), log.otherwise()),
                        asked.told(),
                        urgency.reading()));
    }
}
