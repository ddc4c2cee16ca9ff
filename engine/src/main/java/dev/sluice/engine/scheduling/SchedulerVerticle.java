package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.Channels;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.receipt.ReceiptStore;
import dev.sluice.engine.recovery.DoubtStore;
import dev.sluice.engine.recovery.DoubtStore.Unresolved;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.scheduling.LaneHolds.Hold;
import dev.sluice.engine.scheduling.LeaseStore.BusyApp;
import dev.sluice.engine.scheduling.LeaseStore.Claim;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns apps and schedules their lanes. An instance owns those apps whose id falls to it; nodes share apps by leases. Wiring only: what goes next is the lanes'
 * business. All state is touched on the verticle's event loop.
 */
public final class SchedulerVerticle extends VerticleBase implements LaneOwner {
    private static final Logger log = LoggerFactory.getLogger(SchedulerVerticle.class);
    /** How often ownership, doubts, receipts and deadlines are looked at: what a lost wake-up costs. */
    private static final long ROUND_MILLIS = 1_000;
    /** The question who has work is asked each round, but takes no more than a twentieth of the time where thousands have some, */
    private static final int SHARE_RATIO = 20;
    /** and is asked this often even then: what a lost wake-up costs there, and what a dead node's apps wait after its lease. */
    private static final long MOST_SHARE_MILLIS = 4_000;
    /** A lane with work in memory looks again for pauses and more urgent work at least this often, */
    private static final long LOOK_MILLIS = 10_000;
    /** but a node has at most a hundred such looks a second. */
    private static final long LOOK_MILLIS_BY_APP = 10;
    /** How often the doubtful calls of an app are read again. */
    private static final long UNRESOLVED_MILLIS = 10_000;

    private static final long DRAIN_MILLIS = 15_000;

    private final SchedulerPart part;
    private final BiFunction<Vertx, TenantTurns, LanePorts> ports;
    private final Directory directory;
    private final Channels channels;
    private final NodeLease lease;
    private final LeaseStore leases;
    private final DoubtStore doubts;
    private final ReceiptStore receiptStore;
    private final LaneStatusBoard board;
    private final OwnedChannels owned;
    private final Map<Long, OwnedApp> apps = new HashMap<>();
    private final Map<Long, Long> lookedAtMillis = new HashMap<>();
    private final SchedulerCensus census = new SchedulerCensus();
    private LanePorts lanePorts;
    private ReceiptRounds receipts;
    private DoubtReads doubtReads;
    private long timer;
    private boolean inRound;
    private long nextShareMillis;
    private long rounds;
    /** Claims without an answer. */
    private int claims;

    private boolean stopping;

    /**
     * @param ports makes the instance's ports on its own context
     */
    SchedulerVerticle(
            SchedulerPart part,
            BiFunction<Vertx, TenantTurns, LanePorts> ports,
            Directory directory,
            Channels channels,
            NodeLease lease,
            LeaseStore leases,
            DoubtStore doubts,
            ReceiptStore receiptStore,
            LaneStatusBoard board,
            OwnedChannels owned) {
        this.part = part;
        this.ports = ports;
        this.directory = directory;
        this.channels = channels;
        this.lease = lease;
        this.leases = leases;
        this.doubts = doubts;
        this.receiptStore = receiptStore;
        this.board = board;
        this.owned = owned;
    }

    /**
     * Which part of a node's scheduling an instance is.
     *
     * @param index from 0
     * @param instances how many there are
     * @param callsInFlight most calls in flight of this instance
     * @param node the node's name
     */
    public record SchedulerPart(int index, int instances, int callsInFlight, String node) {
        boolean has(long appId) {
            return Math.floorMod(appId, instances) == index;
        }
    }

    @Override
    public Future<?> start() {
        lanePorts = ports.apply(vertx, new TenantTurns(part.callsInFlight()));
        doubtReads = new DoubtReads(vertx, doubts, apps::get, this::adopt);
        receipts = new ReceiptRounds(receiptStore, new LaneReceipts(lanePorts, receiptStore), this::lane);
        census.publish(lanePorts, part.index());
        owned.onWake(context, this::woken);
        directory.onChange(() -> context.runOnContext(changed -> reconfigure()));
        round();
        return Future.succeededFuture();
    }

    // ---- rounds: ownership, and everything that happens by itself

    private void round() {
        if (inRound || stopping) {
            return;
        }
        inRound = true;
        share().onFailure(cause -> log.warn("A scheduling round failed: {}", cause.getMessage()))
                .onComplete(done -> {
                    inRound = false;
                    tickLanes();
                    receipts.ask(apps.keySet());
                    if (!stopping) {
                        timer = vertx.setTimer(ROUND_MILLIS + lanePorts.random().nextLong(100), fired -> round());
                    }
                });
    }

    /** Asks who has work, unless it was asked a moment ago, and takes this node's share. */
    private Future<Void> share() {
        long askedAtMillis = lanePorts.clock().millis();
        if (askedAtMillis < nextShareMillis) {
            return Future.succeededFuture();
        }
        Map<Long, OwnedApp> before = Map.copyOf(apps);
        boolean claiming = claims > 0;
        return leases.appsWithWork(lease.incarnation()).compose(everywhere -> {
            long tookMillis = lanePorts.clock().millis() - askedAtMillis;
            nextShareMillis = askedAtMillis + Math.min(MOST_SHARE_MILLIS, SHARE_RATIO * tookMillis);
            return own(everywhere, before, claiming);
        });
    }

    /**
     * @param before what was ours when the question was asked
     * @param claiming whether a claim was under way then
     */
    private Future<Void> own(List<BusyApp> everywhere, Map<Long, OwnedApp> before, boolean claiming) {
        List<BusyApp> busy =
                everywhere.stream().filter(app -> part.has(app.appId())).toList();
        int nodes = everywhere.isEmpty() ? 1 : everywhere.get(0).nodes();
        AppShare share = AppShare.of(busy, nodes, apps.keySet(), steady(before));
        share.lost().forEach(appId -> drop(apps.get(appId)));
        for (long appId : share.kept()) {
            readWhereNeeded(apps.get(appId));
            lookWhereNeeded(apps.get(appId));
        }
        release(share.excess());
        // Given back, so that the next round claims them properly; an answer that is still under way is waited for.
        List<Long> orphans = claiming || claims > 0 ? List.of() : share.unanswered();
        return Future.join(orphans.stream()
                        .map(appId -> leases.giveBack(appId, lease.incarnation()))
                        .toList())
                .otherwiseEmpty()
                .compose(done -> claim(share.wanted()));
    }

    private Set<Long> steady(Map<Long, OwnedApp> before) {
        return before.keySet().stream()
                .filter(appId -> apps.get(appId) == before.get(appId))
                .collect(Collectors.toSet());
    }

    private Future<Void> claim(Collection<Long> appIds) {
        if (appIds.isEmpty() || stopping || !lease.holdsFor(0)) {
            return Future.succeededFuture();
        }
        claims++;
        return leases.claim(appIds, lease.incarnation())
                .onComplete(done -> claims--)
                .map(claimed -> {
                    if (!claimed.isEmpty()) {
                        log.info("Owning {} more apps", claimed.size());
                        claimed.forEach(this::take);
                    }
                    return null;
                });
    }

    private void take(Claim claim) {
        OwnedApp app = new OwnedApp(claim);
        OwnedApp before = apps.put(claim.appId(), app);
        if (before != null) {
            before.lanes.values().forEach(Lane::close);
        }
        log.debug("Owning app {} (epoch {})", claim.appId(), claim.epoch());
        doubtReads.want(claim.appId());
    }

    private void drop(OwnedApp app) {
        log.warn("App {} belongs to another node now", app.claim.appId());
        forget(app);
    }

    private void forget(OwnedApp app) {
        apps.remove(app.claim.appId(), app);
        app.lanes.values().forEach(lane -> {
            lane.close();
            owned.remove(lane.channel().id());
        });
    }

    /** So many leave; what leaves already is among them. */
    private void release(int excess) {
        long leaving = apps.values().stream().filter(app -> app.draining).count();
        for (OwnedApp app : List.copyOf(apps.values())) {
            if (leaving < excess && !app.draining) {
                app.draining = true;
                app.lanes.values().forEach(Lane::close);
                leaving++;
            }
            if (app.draining && app.idle()) {
                forget(app);
                leases.release(app.claim, lease.incarnation());
            }
        }
    }

    private void tickLanes() {
        long nowMillis = lanePorts.clock().millis();
        List<LaneStatus> statuses = new ArrayList<>();
        rounds++;
        for (OwnedApp app : List.copyOf(apps.values())) {
            for (Lane lane : app.draining ? List.<Lane>of() : List.copyOf(app.lanes.values())) {
                if (lane.closed()) {
                    forget(app);
                    break;
                }
                expire(lane, nowMillis);
                lane.doubts().tick();
                lane.pump();
                if (saysSomething(lane)) {
                    statuses.add(lane.status(part.node()));
                }
            }
        }
        census.count(apps.values());
        if (!statuses.isEmpty()) {
            board.publish(statuses)
                    .onFailure(cause -> log.debug("Lane statuses were not published: {}", cause.getMessage()));
        }
    }

    /** Each lane that is not idle says every second what holds it, with thousands of them every fifth second. */
    private boolean saysSomething(Lane lane) {
        long groups = Math.min(5, 1 + apps.size() / 500);
        return (lane.channel().id() + rounds) % groups == 0
                && (lane.queue.readyCount() > 0 || lane.callsInFlight() > 0);
    }

    private static void expire(Lane lane, long nowMillis) {
        for (SubmissionWork work : List.copyOf(lane.queue.works())) {
            if (work.spec().deliverByMillis() <= nowMillis) {
                lane.feeder().retire(work, DeliveryState.EXPIRED, Disposition.DEADLINE_PASSED);
            }
        }
    }

    // ---- lanes

    /** The lane of a channel whose app is ours, made when first needed; null for others. */
    private Lane lane(long channelId) {
        ChannelEntry channel = directory.channel(channelId).orElse(null);
        OwnedApp app = channel == null ? null : apps.get(channel.app().id());
        if (app == null || app.draining || stopping || !app.ready) {
            return null;
        }
        return lane(app, channel);
    }

    private Lane lane(OwnedApp app, ChannelEntry channel) {
        return app.lanes.computeIfAbsent(channel.id(), id -> {
            owned.add(id);
            return new Lane(lanePorts, this, channel, channels.adapter(channel.kind()), app.claim.epoch());
        });
    }

    private void lookWhereNeeded(OwnedApp app) {
        long nowMillis = lanePorts.clock().millis();
        long lookMillis = Math.max(LOOK_MILLIS, apps.size() * LOOK_MILLIS_BY_APP);
        for (ChannelEntry channel : directory.channelsOfApp(app.claim.appId())) {
            Lane lane = lane(channel.id());
            boolean empty = lane != null && lane.queue.works().isEmpty();
            if (lane != null && (empty || nowMillis - lookedAtMillis.getOrDefault(channel.id(), 0L) > lookMillis)) {
                look(lane);
            }
        }
    }

    private void look(Lane lane) {
        lookedAtMillis.put(lane.channel().id(), lanePorts.clock().millis());
        lane.look();
    }

    /** Something changed in these channels. */
    private void woken(Collection<Long> channelIds) {
        List<Long> unowned = new ArrayList<>();
        for (long channelId : channelIds) {
            Lane lane = lane(channelId);
            if (lane != null) {
                lookedAtMillis.put(channelId, lanePorts.clock().millis());
                lane.woken();
            } else {
                directory
                        .channel(channelId)
                        .map(channel -> channel.app().id())
                        .filter(appId -> part.has(appId) && !apps.containsKey(appId))
                        .ifPresent(unowned::add);
            }
        }
        claim(unowned).onFailure(cause -> log.warn("Claiming apps failed: {}", cause.getMessage()));
    }

    private void reconfigure() {
        for (OwnedApp app : apps.values()) {
            for (Lane lane : app.lanes.values()) {
                directory
                        .channel(lane.channel().id())
                        .filter(channel -> !channel.equals(lane.channel()))
                        .ifPresent(lane::reconfigure);
            }
        }
    }

    @Override
    public void readUnresolved(long appId) {
        doubtReads.want(appId);
    }

    /** First what an earlier owner left open, so that nobody in it is sent to; then the lanes look for work. */
    private void adopt(OwnedApp app, Unresolved unresolved) {
        long nowMillis = lanePorts.clock().millis();
        app.readAtMillis = nowMillis;
        for (DoubtfulCall call : unresolved.calls()) {
            directory
                    .channel(call.channelId())
                    .filter(channel -> channel.app().id() == app.claim.appId())
                    .ifPresent(channel -> {
                        Lane lane = lane(app, channel);
                        if (!lane.callIds().contains(call.callId())) {
                            lane.doubts().adopt(call, nowMillis);
                        }
                    });
        }
        if (unresolved.moreOpen()) {
            doubtReads.want(app.claim.appId());
        } else if (!app.ready) {
            app.ready = true;
            lookWhereNeeded(app);
        }
    }

    /** More may be in doubt than is read at once. */
    private void readWhereNeeded(OwnedApp app) {
        if (lanePorts.clock().millis() - app.readAtMillis > UNRESOLVED_MILLIS) {
            app.readAtMillis = lanePorts.clock().millis();
            doubtReads.want(app.claim.appId());
        }
    }

    @Override
    public void quiet(Lane source, ThrottleScope scope, Hold hold) {
        for (OwnedApp app : apps.values()) {
            for (Lane lane : app.lanes.values()) {
                boolean concerned = switch (scope) {
                    case EGRESS_IP -> true;
                    case PLATFORM -> lane.channel().kind() == source.channel().kind();
                    case APP_AND_API, CHANNEL -> false;
                };
                if (concerned) {
                    lane.holds.hold(PriorityClass.CRITICAL, hold);
                }
            }
        }
    }

    // ---- stop: nothing new, what is in flight ends, then the leases may go

    @Override
    public Future<?> stop() {
        stopping = true;
        vertx.cancelTimer(timer);
        apps.values().forEach(app -> app.lanes.values().forEach(Lane::close));
        Promise<Void> drained = Promise.promise();
        awaitIdle(drained, lanePorts.clock().millis() + DRAIN_MILLIS);
        return drained.future();
    }

    private void awaitIdle(Promise<Void> drained, long untilMillis) {
        boolean idle = apps.values().stream().allMatch(OwnedApp::idle);
        if (idle || lanePorts.clock().millis() > untilMillis) {
            drained.complete();
        } else {
            vertx.setTimer(20, again -> awaitIdle(drained, untilMillis));
        }
    }
}
