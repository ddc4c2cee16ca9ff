package dev.sluice.loadtest.plan;

import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.Channels;
import dev.sluice.engine.channel.dingtalk.AdapterOptions;
import dev.sluice.engine.channel.dingtalk.DingTalkChannels;
import dev.sluice.engine.channel.dingtalk.DingTalkTokens;
import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.OrganisationEntry;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.request.Forecast;
import dev.sluice.loadtest.plan.flow.Flows;
import dev.sluice.loadtest.plan.virtual.MonthBook;
import dev.sluice.loadtest.plan.virtual.Pace;
import dev.sluice.loadtest.plan.virtual.Stock;
import dev.sluice.loadtest.plan.virtual.VirtualLane;
import dev.sluice.loadtest.plan.virtual.VirtualNode;
import dev.sluice.loadtest.plan.virtual.VirtualTime;
import dev.sluice.loadtest.plan.virtual.VirtualWorld;
import dev.sluice.loadtest.scenario.Scenario;
import dev.sluice.loadtest.scenario.StageSpec;
import dev.sluice.loadtest.scenario.TenantGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Runs a scenario in virtual time. Nothing is sent and nothing is started. */
public final class Planner {
    /** As the engine is configured unless somebody says otherwise. */
    private static final SlotTiming TIMING = new SlotTiming(200, 5_000, 5_000);

    private static final long CLOCK_ERROR_MILLIS = 1_000;
    static final int CALLS_IN_FLIGHT = 512;
    private static final int CALLS_IN_FLIGHT_PER_LANE = 128;
    private static final int RECEIPT_SAMPLE_PERCENT = 5;
    static final int ROBOT_PEOPLE_PER_CALL = 20;
    private static final int ROBOT_PARAM_BYTES = 15_000;
    /** What waits longer waits for another month, and then for a person. */
    static final int MOST_DAYS = 62;

    private static final long LONGEST_MICROS = MOST_DAYS * 86_400L * 1_000_000;

    private final Tiers tiers;
    private final CostModel costs;

    /**
     * @param tiers the limits of tenants
     * @param costs how long things take that are not limits
     */
    public Planner(Tiers tiers, CostModel costs) {
        this.tiers = tiers;
        this.costs = costs;
    }

    /** What becomes of a scenario that begins then. */
    public Outcome run(Scenario scenario, Instant start, Variation variation) {
        return new Run(scenario, start, variation).outcome();
    }

    /** A public address, and the channels behind it. */
    private record Address(AdapterOptions options, Channels channels) {
        Address(AdapterOptions options) {
            this(options, new Channels(DingTalkChannels.adapters(options)));
        }
    }

    private final class Run {
        private final Scenario asked;
        private final Scenario scenario;
        private final Instant start;
        private final Variation variation;
        private final VirtualTime time;
        private final VirtualWorld world;
        private final Outcome outcome;
        private final Flows flows;
        private final List<VirtualNode> nodes = new ArrayList<>();
        private final List<Address> addresses = new ArrayList<>();
        private final List<VirtualLane> lanes = new ArrayList<>();
        private long ids;
        private int opened;

        Run(Scenario asked, Instant start, Variation variation) {
            RandomGenerator random = new SplittableRandom(asked.seed());
            boolean boundless = variation instanceof Variation.Boundless;
            Pace pace = costs.pace(asked.stage().platformLatency(), !boundless);
            this.asked = asked;
            this.scenario = variation.of(asked);
            this.start = start;
            this.variation = variation;
            this.time = new VirtualTime(start);
            this.outcome = new Outcome(scenario);
            this.world = new VirtualWorld(time, TIMING, CLOCK_ERROR_MILLIS, pace, random, outcome);
            this.flows = new Flows(scenario, start.toEpochMilli(), variation.splitsCampaigns());
            StageSpec stage = scenario.stage();
            for (int i = 0; i < stage.nodes(); i++) {
                nodes.add(new VirtualNode(boundless ? Integer.MAX_VALUE : CALLS_IN_FLIGHT, pace));
            }
            for (int i = 0; i < Math.min(stage.egressAddresses(), PlanSize.apps(scenario)); i++) {
                addresses.add(new Address(new AdapterOptions(
                        "address-" + (i + 1),
                        variation.peopleScope(),
                        ROBOT_PEOPLE_PER_CALL,
                        ROBOT_PARAM_BYTES,
                        stage.receiptAfterMillis(),
                        AdapterOptions.strict().msgUuidMillis())));
            }
        }

        Outcome outcome() {
            for (TenantGroup group : scenario.tenants()) {
                Limits limits = limits(group);
                for (int tenant = 0; tenant < group.count(); tenant++) {
                    open(group, tenant, limits);
                }
            }
            lanes.forEach(VirtualLane::goOn);
            time.runUntil(LONGEST_MICROS);
            lanes.forEach(lane -> lane.tellWaiting(outcome::waiting));
            return outcome;
        }

        private Limits limits(TenantGroup group) {
            return tiers.limits(group.tier())
                    .orElseThrow(() -> new IllegalArgumentException("no tier " + group.tier()));
        }

        private void open(TenantGroup group, int tenant, Limits limits) {
            long organisationId = ++ids;
            OrganisationEntry organisation = new OrganisationEntry(
                    organisationId, organisationId, "dingtalk", "corp-" + organisationId, group.tier(), limits);
            BudgetPool pool =
                    addresses.getFirst().channels().adapter(group.channel()).pool();
            Optional<MonthBook> book =
                    MonthBook.of(organisationId, limits, pool, gone(asked.group(group.name()), pool), start);
            book.ifPresent(one -> outcome.group(group.name()).add(one));
            for (int app = 0; app < group.apps(); app++) {
                lanes.add(lane(group, tenant, app, organisation, book));
            }
            opened++;
        }

        /** Calls that are gone before the start, as many whichever tier comes after: an upgrade grants more and gives none back. */
        private long gone(TenantGroup group, BudgetPool pool) {
            return Math.round(limits(group).value(pool.grantLimitName()).orElse(0) * group.monthSpent());
        }

        private VirtualLane lane(
                TenantGroup group, int tenant, int app, OrganisationEntry organisation, Optional<MonthBook> book) {
            long appId = ++ids;
            ChannelEntry channel = channel(group, appId, organisation);
            // Neither the apps of a tenant nor the first apps of all meet in one place.
            int number = opened + app;
            Address address = addresses.get(number % addresses.size());
            ChannelAdapter adapter = address.channels().adapter(group.channel());
            int mostPeople = mostPeople(group, adapter);
            return new VirtualLane(
                    world,
                    nodes.get(number % nodes.size()),
                    new VirtualLane.Make(
                            channel,
                            adapter,
                            new DingTalkTokens(adapter.family(), address.options()),
                            mostPeople,
                            CALLS_IN_FLIGHT_PER_LANE,
                            book,
                            flows.of(group, tenant, app, order -> isTaken(order, adapter, channel, mostPeople))));
        }

        /** The engine makes no promise that no limit lets anybody keep. */
        private boolean isTaken(Stock.Order order, ChannelAdapter adapter, ChannelEntry channel, int mostPeople) {
            if (order.deliverByMillis() == Long.MAX_VALUE) {
                return true;
            }
            boolean hopeless = Forecast.of(adapter, channel, mostPeople, order.people())
                    .hopeless(
                            Instant.ofEpochMilli(time.millisOf(order.arrivedMicros())),
                            null,
                            Instant.ofEpochMilli(order.deliverByMillis()))
                    .isPresent();
            if (hopeless) {
                outcome.refused(order);
            }
            return !hopeless;
        }

        private int mostPeople(TenantGroup group, ChannelAdapter adapter) {
            if (variation instanceof Variation.Departments departments
                    && group.channel() == ChannelKind.DINGTALK_WORK) {
                return departments.peoplePerCall();
            }
            int asked = group.peoplePerCall() == 0 ? Integer.MAX_VALUE : group.peoplePerCall();
            return Math.min(asked, adapter.mostPeoplePerCall());
        }

        private static ChannelEntry channel(TenantGroup group, long appId, OrganisationEntry organisation) {
            AppEntry app = new AppEntry(appId, organisation.tenantId(), organisation, "app-" + appId, 1, "", Map.of());
            return new ChannelEntry(
                    appId,
                    organisation.tenantId(),
                    true,
                    1,
                    group.name(),
                    group.channel(),
                    app,
                    false,
                    "",
                    OnDoubt.HOLD,
                    group.receipts(),
                    RECEIPT_SAMPLE_PERCENT,
                    TenantGroup.RESERVE_PERCENT,
                    group.quietHours().orElse(null),
                    group.peoplePerCall() == 0 ? OptionalInt.empty() : OptionalInt.of(group.peoplePerCall()));
        }
    }
}
