package dev.sluice.engine.scheduling;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.recovery.DoubtStore;
import dev.sluice.engine.recovery.DoubtStore.Question;
import dev.sluice.engine.recovery.DoubtStore.Unresolved;
import dev.sluice.engine.scheduling.lease.LeaseStore.Claim;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is unresolved of apps, many apps at a time and one time after the other: a node that takes over ten thousand apps asks two hundred times. Who waits is
 * bounded by the apps that are owned. Confined to one event loop.
 */
final class DoubtReads {
    private static final Logger log = LoggerFactory.getLogger(DoubtReads.class);
    /** Half asks twice as often when many apps are taken over, double holds twice as many calls in memory at once. */
    private static final int APPS_AT_ONCE = 50;

    private static final long TROUBLE_MILLIS = 1_000;

    private final Vertx vertx;
    private final DoubtStore store;
    private final LongFunction<OwnedApp> apps;
    private final LongFunction<Collection<ChannelEntry>> channels;
    private final BiConsumer<OwnedApp, Unresolved> reader;
    private final Set<Long> wanted = new LinkedHashSet<>();
    private boolean reading;

    /**
     * @param apps what is owned now; null for others
     * @param channels of an app
     * @param reader told what was found, unless the app changed hands meanwhile
     */
    DoubtReads(
            Vertx vertx,
            DoubtStore store,
            LongFunction<OwnedApp> apps,
            LongFunction<Collection<ChannelEntry>> channels,
            BiConsumer<OwnedApp, Unresolved> reader) {
        this.vertx = vertx;
        this.store = store;
        this.apps = apps;
        this.channels = channels;
        this.reader = reader;
    }

    /** Reads soon. */
    void want(long appId) {
        wanted.add(appId);
        next();
    }

    private void next() {
        List<OwnedApp> asked = reading ? List.of() : take();
        if (asked.isEmpty()) {
            return;
        }
        reading = true;
        List<Question> questions =
                asked.stream().map(app -> question(app.claim, app.callIds())).toList();
        store.unresolved(questions).onComplete(read -> {
            if (read.succeeded()) {
                reading = false;
                hand(asked, read.result());
                next();
            } else {
                log.warn(
                        "The doubtful calls of {} apps could not be read: {}",
                        asked.size(),
                        read.cause().getMessage());
                asked.forEach(app -> wanted.add(app.claim.appId()));
                // Until then every wish would ask at once, and each question that fails would plan one more.
                vertx.setTimer(TROUBLE_MILLIS, rested -> {
                    reading = false;
                    next();
                });
            }
        });
    }

    private Question question(Claim claim, Set<Long> known) {
        List<Long> served =
                channels.apply(claim.appId()).stream().map(ChannelEntry::id).toList();
        return new Question(claim.appId(), claim.epoch(), served, known);
    }

    private void hand(List<OwnedApp> asked, Map<Long, Unresolved> found) {
        for (OwnedApp app : asked) {
            long appId = app.claim.appId();
            if (apps.apply(appId) == app) {
                reader.accept(app, found.get(appId));
            }
        }
    }

    private List<OwnedApp> take() {
        Stream.Builder<OwnedApp> taken = Stream.builder();
        Iterator<Long> next = wanted.iterator();
        for (int i = 0; i < APPS_AT_ONCE && next.hasNext(); ) {
            OwnedApp app = apps.apply(next.next());
            next.remove();
            if (app != null) {
                taken.add(app);
                i++;
            }
        }
        return taken.build().toList();
    }
}
