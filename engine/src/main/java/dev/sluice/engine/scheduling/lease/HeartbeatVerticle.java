package dev.sluice.engine.scheduling.lease;

import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the node's lease, on a connection of its own, so that a busy pool cannot kill a healthy node. When the database says that the lease is gone for good
 * (another node has the slot), the process must end: the runnable says how.
 */
public final class HeartbeatVerticle extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(HeartbeatVerticle.class);

    private final LeaseStore leases;
    private final NodeLease lease;
    private final EngineClock clock;
    private final long leaseMillis;
    private final long renewMillis;
    private final Runnable lost;
    private long timer;
    private boolean stopped;

    /**
     * @param leases over a pool of its own
     * @param lost called once when the slot belongs to another node
     */
    public HeartbeatVerticle(
            LeaseStore leases, NodeLease lease, EngineClock clock, long leaseMillis, long renewMillis, Runnable lost) {
        this.leases = leases;
        this.lease = lease;
        this.clock = clock;
        this.leaseMillis = leaseMillis;
        this.renewMillis = renewMillis;
        this.lost = lost;
    }

    @Override
    public Future<?> start() {
        beat();
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        vertx.cancelTimer(timer);
        return leases.leave(lease.incarnation());
    }

    private void beat() {
        long askedAtNanos = clock.nanoTime();
        long askedAtMillis = clock.millis();
        leases.renew(lease.incarnation(), leaseMillis)
                .onSuccess(renewed -> {
                    if (renewed) {
                        lease.renewed(askedAtNanos, askedAtMillis);
                    } else if (!stopped) {
                        lease.lost();
                        log.error(
                                "This node's slot belongs to another node: it was away for too long and must restart");
                        stopped = true;
                        lost.run();
                    }
                })
                .onFailure(cause -> log.warn("The node's lease could not be renewed: {}", cause.getMessage()))
                .onComplete(done -> {
                    if (!stopped) {
                        timer = vertx.setTimer(renewMillis, again -> beat());
                    }
                });
    }
}
