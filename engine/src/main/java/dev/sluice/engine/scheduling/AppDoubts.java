package dev.sluice.engine.scheduling;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.recovery.DoubtStore;
import dev.sluice.engine.recovery.DoubtStore.Unresolved;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Vertx;

/**
 * Gives what is unresolved of an app to its lanes: first what an earlier owner left open, so that nobody in it is sent to; then the lanes look for work. Confined to
 * one event loop.
 */
final class AppDoubts {
    /** How often the doubtful calls of an app are read again. */
    private static final long READ_MILLIS = 10_000;

    private final Directory directory;
    private final OwnedApps apps;
    private final LaneLooks looks;
    private final EngineClock clock;
    private final DoubtReads reads;

    AppDoubts(Vertx vertx, DoubtStore store, Directory directory, OwnedApps apps, LaneLooks looks, EngineClock clock) {
        this.directory = directory;
        this.apps = apps;
        this.looks = looks;
        this.clock = clock;
        this.reads = new DoubtReads(vertx, store, apps::get, directory::channelsOfApp, this::adopt);
    }

    /** What is unresolved of the app is read soon. */
    void read(long appId) {
        reads.want(appId);
    }

    /** More may be in doubt than is read at once. */
    void readWhereNeeded(OwnedApp app) {
        // Earlier or later than that, if somebody set the clock.
        if (Math.abs(clock.millis() - app.readAtMillis) > READ_MILLIS) {
            app.readAtMillis = clock.millis();
            read(app.claim.appId());
        }
    }

    private void adopt(OwnedApp app, Unresolved unresolved) {
        app.readAtMillis = clock.millis();
        for (DoubtfulCall call : unresolved.calls()) {
            directory
                    .channel(call.channelId())
                    .filter(channel -> channel.app().id() == app.claim.appId())
                    .ifPresent(channel -> adopt(app, channel, call));
        }
        if (unresolved.moreOpen()) {
            read(app.claim.appId());
        } else if (!app.ready) {
            app.ready = true;
            looks.lookWhereNeeded(app);
        }
    }

    /** A call that its lane has under way is no doubt. */
    private void adopt(OwnedApp app, ChannelEntry channel, DoubtfulCall call) {
        Lane lane = apps.lane(app, channel);
        if (!lane.calls().ids().contains(call.callId())) {
            lane.doubts().adopt(call);
        }
    }
}
