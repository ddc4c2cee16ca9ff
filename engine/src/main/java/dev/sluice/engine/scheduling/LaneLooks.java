package dev.sluice.engine.scheduling;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.time.EngineClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Has lanes look for something new in Postgres: when they are woken, and by themselves. Confined to one event loop. */
final class LaneLooks {
    private final Directory directory;
    private final OwnedApps apps;
    private final EngineClock clock;
    private final LookPace pace = new LookPace();

    LaneLooks(Directory directory, OwnedApps apps, EngineClock clock) {
        this.directory = directory;
        this.apps = apps;
        this.clock = clock;
    }

    /** Those lanes of an app look whose turn it is; a channel gets its lane here. */
    void lookWhereNeeded(OwnedApp app) {
        long nowMillis = clock.monotonicMillis();
        for (ChannelEntry channel : directory.channelsOfApp(app.claim.appId())) {
            Lane lane = apps.lane(channel.id());
            if (lane != null && pace.due(channel.id(), lane.queue.works().isEmpty(), apps.size(), nowMillis)) {
                pace.looked(channel.id(), clock.monotonicMillis());
                lane.look();
            }
        }
    }

    /**
     * Something changed in these channels.
     *
     * @return the apps of those that have no lane here
     */
    List<Long> woken(Collection<Long> channelIds) {
        List<Long> elsewhere = new ArrayList<>();
        for (long channelId : channelIds) {
            Lane lane = apps.lane(channelId);
            if (lane != null) {
                pace.looked(channelId, clock.monotonicMillis());
                lane.woken();
            } else {
                directory.channel(channelId).map(channel -> channel.app().id()).ifPresent(elsewhere::add);
            }
        }
        return elsewhere;
    }
}
