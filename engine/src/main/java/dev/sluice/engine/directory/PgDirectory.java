package dev.sluice.engine.directory;

import dev.sluice.engine.secret.AppSecrets;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.engine.store.PgListener;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory from Postgres. It looks at a change counter (one row) every few seconds, on every notification, whenever its subscription comes back, and at the
 * platform's midnight, because limits are dated; only when the counter or the day moved does it read the tables. A look that fails leaves the snapshot as it is and
 * the next one tries again; {@link #refreshedAt} tells how old it may be.
 */
public final class PgDirectory implements Directory {
    /** What writers of these tables notify; triggers do it for them. */
    public static final String NOTIFICATION = "sluice_directory";

    private static final Logger log = LoggerFactory.getLogger(PgDirectory.class);

    private final Context context;
    private final DirectoryStore store;
    private final AppSecrets secrets;
    private final EngineClock clock;
    private final long refreshMillis;
    private final PgListener listener;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private volatile DirectorySnapshot snapshot = DirectorySnapshot.EMPTY;
    private volatile Instant refreshedAt = Instant.EPOCH;

    /* Touched on the context only. */
    private List<Promise<Void>> waiting = new ArrayList<>();
    private boolean looking;
    private boolean stopped;
    private long timer = -1;

    /**
     * @param pool lent, not closed
     * @param postgres the same database, for the subscription's own connection
     * @param timeouts after which silence that connection is made anew
     * @param refreshMillis how often the change counter is looked at: the bound on how late a change is seen when its notification is lost
     */
    public PgDirectory(
            Vertx vertx,
            Pool pool,
            PgConnectOptions postgres,
            PgTimeouts timeouts,
            SecretBox secretBox,
            EngineClock clock,
            long refreshMillis) {
        if (refreshMillis < 1) {
            throw new IllegalArgumentException("refreshMillis must be positive, not " + refreshMillis);
        }
        this.context = vertx.getOrCreateContext();
        this.store = new DirectoryStore(pool);
        this.secrets = new AppSecrets(secretBox);
        this.clock = clock;
        this.refreshMillis = refreshMillis;
        this.listener = new PgListener(vertx, postgres, timeouts, NOTIFICATION, this::look, payload -> look());
    }

    /** Subscribes and reads the first snapshot; fails when Postgres cannot be reached. */
    public Future<Void> start() {
        Promise<Void> started = Promise.promise();
        context.runOnContext(onContext -> {
            listener.start()
                    .compose(connected -> refresh())
                    .onSuccess(read -> arm())
                    .onComplete(started);
        });
        return started.future();
    }

    /** Ends the subscription and the timer; the last snapshot stays readable. */
    public Future<Void> stop() {
        Promise<Void> ended = Promise.promise();
        context.runOnContext(onContext -> {
            stopped = true;
            context.owner().cancelTimer(timer);
            listener.close().onComplete(ended);
        });
        return ended.future();
    }

    /** Looks for changes now; done when everything committed before this call is in the snapshot. Its failure is logged as well. */
    public Future<Void> refresh() {
        Promise<Void> refreshed = Promise.promise();
        context.runOnContext(onContext -> {
            waiting.add(refreshed);
            lookUnlessLooking();
        });
        return refreshed.future();
    }

    /** When the snapshot was last known to be the newest. */
    public Instant refreshedAt() {
        return refreshedAt;
    }

    /** How many channels hold everything back, whoever paused them. */
    public long pausedChannels() {
        return snapshot.byId.values().stream().filter(ChannelEntry::paused).count();
    }

    @Override
    public Optional<ChannelEntry> channel(long channelId) {
        return Optional.ofNullable(snapshot.byId.get(channelId));
    }

    @Override
    public Optional<ChannelEntry> channel(long tenantId, String name) {
        return Optional.ofNullable(snapshot.byName.get(new DirectorySnapshot.TenantAndName(tenantId, name)));
    }

    @Override
    public Collection<ChannelEntry> channelsOfApp(long appId) {
        return List.copyOf(snapshot.byApp.getOrDefault(appId, List.of()));
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Looks, or leaves it to the look that is already asked for: many notifications cost two looks at most. */
    private void look() {
        if (waiting.isEmpty()) {
            refresh();
        }
    }

    private void lookUnlessLooking() {
        if (looking || waiting.isEmpty()) {
            return;
        }
        looking = true;
        List<Promise<Void>> served = waiting;
        waiting = new ArrayList<>();
        replaceIfChanged().onComplete(outcome -> {
            looking = false;
            if (outcome.failed() && !stopped) {
                log.warn("the directory could not be refreshed: {}", String.valueOf(outcome.cause()));
            }
            served.forEach(promise -> promise.handle(outcome));
            lookUnlessLooking();
        });
    }

    private Future<Void> replaceIfChanged() {
        LocalDate day = clock.platformDay();
        Instant lookedAt = clock.now();
        return store.version()
                .compose(version -> version == snapshot.version && day.equals(snapshot.day)
                        ? Future.succeededFuture()
                        : replace(day))
                .onSuccess(newest -> refreshedAt = lookedAt);
    }

    private Future<Void> replace(LocalDate day) {
        return store.load(day)
                .compose(rows -> context.executeBlocking(() -> DirectorySnapshot.of(rows, secrets)))
                .map(newest -> {
                    snapshot = newest;
                    listeners.forEach(PgDirectory::call);
                    return null;
                });
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException fault) {
            log.error("a listener of the directory failed", fault);
        }
    }

    private void arm() {
        if (!stopped) {
            timer = context.owner()
                    .setTimer(millisToNextLook(), fired -> refresh().onComplete(done -> arm()));
        }
    }

    /** The refresh interval, or the rest of the platform's day if that is shorter. */
    private long millisToNextLook() {
        Instant midnight = clock.platformDay()
                .plusDays(1)
                .atStartOfDay(EngineClock.PLATFORM_ZONE)
                .toInstant();
        long toMidnight = Duration.between(clock.now(), midnight).toMillis() + 1;
        return Math.max(1, Math.min(refreshMillis, toMidnight));
    }
}
