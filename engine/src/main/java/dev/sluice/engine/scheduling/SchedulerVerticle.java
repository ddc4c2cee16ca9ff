package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.scheduling.hold.Hold;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of a node's scheduling: its parts put together, and what moves them, rounds and wake-ups. An instance owns those apps whose id falls to it; nodes
 * share apps by leases. All state is touched on the verticle's event loop.
 */
public final class SchedulerVerticle extends VerticleBase implements LaneOwner {
    private static final Logger log = LoggerFactory.getLogger(SchedulerVerticle.class);
    /** How often ownership, doubts, receipts and deadlines are looked at: what a lost wake-up costs. */
    private static final long ROUND_MILLIS = 1_000;

    private static final long DRAIN_MILLIS = 15_000;

    private final SchedulerPart part;
    private final SchedulerPorts ports;
    private final BiFunction<Vertx, TenantTurns, LanePorts> newLanePorts;
    private final SchedulerCensus census = new SchedulerCensus();
    private LanePorts lanePorts;
    private OwnedApps apps;
    private LaneLooks looks;
    private AppDoubts doubts;
    private AppOwnership ownership;
    private LaneRounds lanes;
    private ReceiptRounds receipts;
    private long timer;
    private boolean inRound;

    /**
     * @param newLanePorts makes the instance's ports on its own context
     */
    SchedulerVerticle(
            SchedulerPart part, SchedulerPorts ports, BiFunction<Vertx, TenantTurns, LanePorts> newLanePorts) {
        this.part = part;
        this.ports = ports;
        this.newLanePorts = newLanePorts;
    }

    @Override
    public Future<?> start() {
        assemble();
        census.publish(lanePorts, part);
        ports.owned().onWake(context, this::woken);
        ports.directory().onChange(() -> context.runOnContext(changed -> apps.reconfigure()));
        round();
        return Future.succeededFuture();
    }

    private void assemble() {
        lanePorts = newLanePorts.apply(vertx, new TenantTurns(part.callsInFlight()));
        EngineClock clock = lanePorts.clock();
        apps = new OwnedApps(ports.directory(), ports.owned(), this::newLane);
        looks = new LaneLooks(ports.directory(), apps, clock);
        doubts = new AppDoubts(vertx, ports.doubts(), ports.directory(), apps, looks, clock);
        ownership = new AppOwnership(part, ports.lease(), ports.leases(), apps, doubts, looks, clock);
        lanes = new LaneRounds(apps, ports.board(), part.node(), clock);
        receipts = new ReceiptRounds(
                ports.receipts(), new LaneReceipts(lanePorts, ports.receipts()), this::hasReceipts, apps::lane);
    }

    private boolean hasReceipts(long channelId) {
        return ports.directory()
                .channel(channelId)
                .flatMap(channel -> ports.channels().adapter(channel.kind()).receipts())
                .isPresent();
    }

    private Lane newLane(OwnedApp app, ChannelEntry channel) {
        return new Lane(lanePorts, this, channel, ports.channels().adapter(channel.kind()), app.claim.epoch());
    }

    // ---- rounds: ownership, and everything that happens by itself

    private void round() {
        if (inRound || apps.closed()) {
            return;
        }
        inRound = true;
        ownership
                .share()
                .onFailure(cause -> log.warn("A scheduling round failed: {}", cause.getMessage()))
                .onComplete(done -> {
                    inRound = false;
                    // Else the lanes that only wait for their last calls would be taken for lost ones.
                    if (!apps.closed()) {
                        restOfRound();
                    }
                });
    }

    private void restOfRound() {
        lanes.run();
        census.count(apps.all(), lanePorts.clock().nanoTime());
        receipts.ask(apps.ids());
        timer = vertx.setTimer(ROUND_MILLIS + lanePorts.random().nextLong(100), fired -> round());
    }

    // ---- between rounds

    /** Something changed in these channels. */
    private void woken(Collection<Long> channelIds) {
        ownership.claimWoken(looks.woken(channelIds));
    }

    @Override
    public void readUnresolved(long appId) {
        doubts.read(appId);
    }

    @Override
    public void quiet(Lane source, ThrottleScope scope, Hold hold) {
        apps.quiet(source.channel().kind(), scope, hold);
    }

    // ---- stop: nothing new, what is in flight ends, then the leases may go

    @Override
    public Future<?> stop() {
        vertx.cancelTimer(timer);
        apps.close();
        Promise<Void> drained = Promise.promise();
        awaitIdle(drained, lanePorts.clock().millis() + DRAIN_MILLIS);
        return drained.future();
    }

    private void awaitIdle(Promise<Void> drained, long untilMillis) {
        if (apps.idle() || lanePorts.clock().millis() > untilMillis) {
            drained.complete();
        } else {
            vertx.setTimer(20, again -> awaitIdle(drained, untilMillis));
        }
    }
}
