package dev.sluice.engine.scheduling.wake;

import dev.sluice.engine.store.PgListener;
import dev.sluice.engine.store.PgTimeouts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
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
    /** Postgres takes 8,000 bytes: some 400 ids. */
    private static final int MOST_IDS = 400;

    private static final String NOTIFY =
            "SELECT pg_notify('" + CHANNEL + "', ids) FROM unnest($1::text[]) AS told (ids)";

    private final Pool pool;
    private final OwnedChannels owned;
    private final PgListener listener;

    /**
     * @param connect where to listen
     * @param timeouts after which silence the connection that listens is made anew
     */
    public PgWakeUps(Vertx vertx, PgConnectOptions connect, PgTimeouts timeouts, Pool pool, OwnedChannels owned) {
        this.pool = pool;
        this.owned = owned;
        // Nobody knows what was said while nobody listened.
        this.listener = new PgListener(vertx, connect, timeouts, CHANNEL, owned::wakeAll, this::heard);
    }

    /** Starts to listen. */
    public Future<Void> start() {
        return listener.start();
    }

    /** Stops to listen. */
    public Future<Void> close() {
        return listener.close();
    }

    @Override
    public void changed(Collection<Long> channelIds) {
        owned.wake(channelIds);
        List<Long> elsewhere = owned.elsewhere(channelIds);
        if (!elsewhere.isEmpty()) {
            pool.preparedQuery(NOTIFY)
                    .execute(Tuple.of(payloads(elsewhere)))
                    .onFailure(cause -> log.debug("A wake-up was not sent: {}", cause.getMessage()));
        }
    }

    private static String[] payloads(List<Long> channelIds) {
        List<String> payloads = new ArrayList<>();
        for (int from = 0; from < channelIds.size(); from += MOST_IDS) {
            payloads.add(channelIds.subList(from, Math.min(from + MOST_IDS, channelIds.size())).stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(",")));
        }
        return payloads.toArray(String[]::new);
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
