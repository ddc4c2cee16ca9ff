package dev.sluice.engine.scheduling.wake;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes this node's schedulers directly and, where another node may own the lane, all nodes through Postgres. Thread-safe. */
public final class PgWakeUps implements WakeUps {
    private static final Logger log = LoggerFactory.getLogger(PgWakeUps.class);
    private static final String CHANNEL = "sluice_wake";
    private static final long RECONNECT_MILLIS = 1_000;
    /** Postgres takes 8,000 bytes: some 400 ids. */
    private static final int MOST_IDS = 400;

    private final Pool pool;
    private final OwnedChannels owned;
    private final PgSubscriber subscriber;

    /**
     * @param connect where to listen
     */
    public PgWakeUps(Vertx vertx, PgConnectOptions connect, Pool pool, OwnedChannels owned) {
        this.pool = pool;
        this.owned = owned;
        this.subscriber = PgSubscriber.subscriber(vertx, connect).reconnectPolicy(retries -> RECONNECT_MILLIS);
    }

    /** Starts to listen. */
    public Future<Void> start() {
        subscriber.channel(CHANNEL).handler(this::heard);
        return subscriber.connect();
    }

    /** Stops to listen. */
    public Future<Void> close() {
        return subscriber.close();
    }

    @Override
    public void changed(Collection<Long> channelIds) {
        owned.wake(channelIds);
        if (!owned.hasAll(channelIds)) {
            String payload =
                    channelIds.stream().limit(MOST_IDS).map(String::valueOf).collect(Collectors.joining(","));
            pool.preparedQuery("SELECT pg_notify('" + CHANNEL + "', $1)")
                    .execute(Tuple.of(payload))
                    .onFailure(cause -> log.debug("A wake-up was not sent: {}", cause.getMessage()));
        }
    }

    private void heard(String payload) {
        try {
            List<Long> ids =
                    Arrays.stream(payload.split(",")).map(Long::valueOf).toList();
            owned.wake(ids);
        } catch (NumberFormatException foreign) {
            log.warn("Somebody else notifies {}", CHANNEL);
        }
    }
}
