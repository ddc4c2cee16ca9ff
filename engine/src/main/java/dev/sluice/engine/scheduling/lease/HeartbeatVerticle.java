package dev.sluice.engine.scheduling.lease;

import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the node's lease, on connections of its own, so that a busy pool cannot kill a healthy node. One that fell silent is found out after the time of a lease
 * only, so a renewal that is not answered in time is followed by the next, on another one. When the database says that the lease is gone for good (another node has the slot), the
 * process must end: the runnable says how.
 */
public final class HeartbeatVerticle extends VerticleBase {
    /** Two that fell silent, and one for the renewals until these are dropped. */
    public static final int CONNECTIONS = 3;

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
     * @param leases over a pool of its own, of {@link #CONNECTIONS}
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
                .onSuccess(renewed -> answered(renewed, askedAtNanos, askedAtMillis))
                .timeout(renewMillis, TimeUnit.MILLISECONDS)
                .onFailure(cause -> log.warn("The node's lease was not renewed in Postgres: {}", cause.getMessage()))
                .onComplete(done -> {
                    if (!stopped) {
                        long tookMillis = (clock.nanoTime() - askedAtNanos) / 1_000_000;
                        timer = vertx.setTimer(Math.max(1, renewMillis - tookMillis), again -> beat());
                    }
                });
    }

    /** A late answer counts too. */
    private void answered(boolean renewed, long askedAtNanos, long askedAtMillis) {
        if (stopped) {
            return;
        }
        if (renewed) {
            lease.renewed(askedAtNanos, askedAtMillis);
        } else {
            lease.lost();
            log.error("This node's slot belongs to another node: it was away for too long and must restart");
            stopped = true;
            lost.run();
        }
    }
}
