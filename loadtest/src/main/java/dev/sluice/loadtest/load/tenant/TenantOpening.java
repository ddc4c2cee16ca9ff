package dev.sluice.loadtest.load.tenant;

import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.loadtest.client.ApiFailure;
import dev.sluice.loadtest.client.ControlPlane;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.loadtest.load.stage.LoadStage;
import dev.sluice.loadtest.load.stage.NodeProcess;
import dev.sluice.loadtest.plan.Tiers;
import dev.sluice.loadtest.scenario.TenantGroup;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.clock.PlatformClock;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.limit.MonthMeter;
import dev.sluice.simulator.settings.Limits;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Opens tenants: organisation, apps and people at the simulated platform, then tenant, organisation, channels and key through the admin API. */
public final class TenantOpening {
    private static final long FIRST_AGENT_ID = 4711;
    /** Of every app at first. */
    public static final String SECRET = "load-secret";
    /** What one node's control plane takes without queueing. */
    private static final int AT_ONCE = 8;

    private static final Duration UNTIL_KNOWN = Duration.ofMinutes(2);

    private final LoadStage stage;
    private final Simulator platform;
    private final ControlPlane control;
    private final Tiers tiers = Tiers.builtIn();
    /** No two apps have the same: whoever names one of them with the token of another is refused. */
    private final AtomicLong agentIds = new AtomicLong(FIRST_AGENT_ID);

    public TenantOpening(LoadStage stage) {
        this.stage = stage;
        this.platform = stage.simulator();
        this.control = new ControlPlane(stage.adminApi());
    }

    /** Opens all tenants of all groups, and waits until every node knows them. */
    public List<LoadTenant> open(List<TenantGroup> groups) {
        List<LoadTenant> tenants = new ArrayList<>();
        for (TenantGroup group : groups) {
            tenants.addAll(each(numbers(group.count()), number -> open(group, number)));
        }
        each(tenants, tenant -> {
            stage.nodes().forEach(node -> awaitKnown(node, tenant));
            return tenant;
        });
        return tenants;
    }

    private static List<Integer> numbers(int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    private static <A, B> List<B> each(List<A> items, Function<A, B> work) {
        try (ExecutorService workers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<B>> done = items.stream()
                    .map(item -> workers.submit(() -> work.apply(item)))
                    .toList();
            List<B> results = new ArrayList<>();
            for (Future<B> one : done) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private LoadTenant open(TenantGroup group, int number) {
        String name = group.count() == 1 ? group.name() : group.name() + "-" + number;
        String corpId = "ding-" + name;
        // No other tenant's people are called so: whoever turns up in another's call is seen.
        String peoplePrefix = name + "-u";
        platform.directory().addOrganisation(corpId, group.tier()).people().addRange(peoplePrefix, group.people());
        long tenantId = control.tenant(name);
        long organisationId = control.organisation(tenantId, corpId, name, group.tier());
        List<LoadTenant.Channel> channels = new ArrayList<>();
        for (int app = 1; app <= group.apps(); app++) {
            channels.add(channel(group, tenantId, organisationId, corpId, "channel-" + app));
        }
        spend(group, organisationId, corpId);
        return new LoadTenant(
                group,
                name,
                tenantId,
                organisationId,
                corpId,
                channels,
                control.sendKey(tenantId, "load"),
                peoplePrefix);
    }

    private LoadTenant.Channel channel(
            TenantGroup group, long tenantId, long organisationId, String corpId, String name) {
        String appKey = corpId + "-" + name;
        JsonObject channel = new JsonObject()
                .put("organisationId", organisationId)
                .put("kind", group.channel().wireName())
                .put("name", name);
        group.quietHours()
                .ifPresent(hours -> channel.put(
                        "quietHours",
                        new JsonObject()
                                .put("from", hours.from().toString())
                                .put("until", hours.until().toString())
                                .put("zone", hours.zone().getId())));
        if (group.channel() == ChannelKind.DINGTALK_WEBHOOK) {
            WebhookRobot robot = WebhookRobot.of(corpId, appKey, appKey);
            platform.directory().addRobot(robot);
            channel.put("secrets", new JsonObject().put("accessToken", appKey));
            return new LoadTenant.Channel(control.channel(tenantId, channel), name, "", robot.recipient());
        }
        long agentId = agentIds.getAndIncrement();
        platform.directory().addApp(App.of(corpId, appKey, SECRET, agentId));
        channel.put("appKey", appKey)
                .put("secrets", new JsonObject().put("appSecret", SECRET))
                .put("receipts", group.receipts().name().toLowerCase(Locale.ROOT));
        if (group.channel() == ChannelKind.DINGTALK_ROBOT) {
            channel.put("robotCode", appKey);
        } else {
            channel.put("agentId", agentId);
        }
        if (group.peoplePerCall() > 0) {
            channel.put("peoplePerCall", group.peoplePerCall());
        }
        return new LoadTenant.Channel(control.channel(tenantId, channel), name, appKey, "");
    }

    /**
     * Somebody else in the organisation called before us, and the operator entered what the platform's console shows. They spent of the pool that the group's own
     * calls come from; without a limit there is no month to spend.
     */
    private void spend(TenantGroup group, long organisationId, String corpId) {
        BudgetPool pool = group.channel() == ChannelKind.DINGTALK_WEBHOOK ? BudgetPool.WEBHOOK : BudgetPool.API;
        if (group.monthSpent() == 0 || !tiers.limit(group.tier(), pool)) {
            return;
        }
        long calls = Math.round(perMonth(group, pool) * group.monthSpent());
        platform.month().spend(corpId, meter(pool), calls);
        YearMonth month = PlatformClock.chinaMonth(platform.clock().wallMillis());
        boolean entered = Patience.until(UNTIL_KNOWN, () -> {
            try {
                control.reading(organisationId, pool, month, calls);
                return true;
            } catch (ApiFailure notOpenYet) {
                if (notOpenYet.status() == 0 || notOpenYet.status() >= 500) {
                    throw notOpenYet;
                }
                return false;
            }
        });
        if (!entered) {
            throw new IllegalStateException(
                    "the month of " + corpId + " took no reading of what others spent in " + UNTIL_KNOWN);
        }
    }

    private long perMonth(TenantGroup group, BudgetPool pool) {
        Limits.Tier tier = platform.limits().current().tier(group.tier());
        return switch (pool) {
            case API -> tier.callsPerMonth();
            case WEBHOOK -> tier.webhooksPerMonth();
        };
    }

    private static MonthMeter.Pool meter(BudgetPool pool) {
        return switch (pool) {
            case API -> MonthMeter.Pool.API;
            case WEBHOOK -> MonthMeter.Pool.WEBHOOK;
        };
    }

    /** A change of the control plane reaches a node's memory a moment later. */
    private void awaitKnown(NodeProcess node, LoadTenant tenant) {
        JsonObject question = tenant.question();
        boolean known = Patience.until(UNTIL_KNOWN, () -> {
            try {
                stage.sendApi(node.sendApi(), tenant.key()).post("/v1/messages", question);
                return true;
            } catch (ApiFailure notYet) {
                if (notYet.status() == 422 || notYet.status() == 401) {
                    return false;
                }
                throw notYet;
            }
        });
        if (!known) {
            throw new IllegalStateException("a node does not know tenant " + tenant.name() + " after " + UNTIL_KNOWN);
        }
    }
}
