package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.scheduling.hold.Hold;
import dev.sluice.engine.scheduling.lease.LeaseStore.Claim;
import dev.sluice.engine.scheduling.wake.OwnedChannels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** The apps of an instance, and their lanes: made when first needed, closed when their app goes. Confined to one event loop. */
final class OwnedApps {
    private final Directory directory;
    private final OwnedChannels owned;
    private final BiFunction<OwnedApp, ChannelEntry, Lane> newLane;
    private final Map<Long, OwnedApp> apps = new HashMap<>();
    /** What the platform last wanted of all behind our address; null for nothing. */
    private Hold addressThrottle;

    private boolean closed;

    /**
     * @param owned told which channels have lanes here
     * @param newLane makes the lane of a channel
     */
    OwnedApps(Directory directory, OwnedChannels owned, BiFunction<OwnedApp, ChannelEntry, Lane> newLane) {
        this.directory = directory;
        this.owned = owned;
        this.newLane = newLane;
    }

    // ---- apps

    /** Null for an app that is not ours. */
    OwnedApp get(long appId) {
        return apps.get(appId);
    }

    Set<Long> ids() {
        return Set.copyOf(apps.keySet());
    }

    /** All of them now; they may go while this is gone through. */
    List<OwnedApp> all() {
        return List.copyOf(apps.values());
    }

    int size() {
        return apps.size();
    }

    /** It is ours under this claim; what it was under an earlier one ends. */
    void take(Claim claim) {
        OwnedApp before = apps.put(claim.appId(), new OwnedApp(claim));
        if (before != null) {
            before.closeLanes();
        }
    }

    /** It is ours no more. */
    void forget(OwnedApp app) {
        apps.remove(app.claim.appId(), app);
        app.closeLanes();
        app.lanes.values().forEach(lane -> owned.remove(lane.channel().id()));
    }

    // ---- lanes

    /** The lane of a channel whose app is ours, made when first needed; null for others, and while nothing may go from there. */
    Lane lane(long channelId) {
        ChannelEntry channel = directory.channel(channelId).orElse(null);
        OwnedApp app = channel == null ? null : apps.get(channel.app().id());
        if (app == null || app.draining || closed || !app.ready) {
            return null;
        }
        return lane(app, channel);
    }

    /** The same for an app that may not be ready yet. */
    Lane lane(OwnedApp app, ChannelEntry channel) {
        return app.lanes.computeIfAbsent(channel.id(), id -> {
            owned.add(id);
            Lane lane = newLane.apply(app, channel);
            if (addressThrottle != null) {
                lane.quiet(ThrottleScope.EGRESS_IP, addressThrottle);
            }
            return lane;
        });
    }

    /** The people's side changed: lanes whose channel is another now are told. */
    void reconfigure() {
        for (OwnedApp app : apps.values()) {
            for (Lane lane : app.lanes.values()) {
                directory
                        .channel(lane.channel().id())
                        .filter(channel -> !channel.equals(lane.channel()))
                        .ifPresent(lane::reconfigure);
            }
        }
    }

    /** What a platform throttled on one lane holds all whom it is about; lanes that are made later too, where it is about the address. */
    void quiet(ChannelKind source, ThrottleScope scope, Hold hold) {
        if (scope == ThrottleScope.EGRESS_IP) {
            addressThrottle = hold;
        }
        for (OwnedApp app : apps.values()) {
            for (Lane lane : app.lanes.values()) {
                if (concerns(scope, source, lane.channel().kind())) {
                    lane.quiet(scope, hold);
                }
            }
        }
    }

    /** Whether a throttle that a channel of one kind got is about other channels of a kind. */
    static boolean concerns(ThrottleScope scope, ChannelKind source, ChannelKind other) {
        return switch (scope) {
            case EGRESS_IP -> true;
            case PLATFORM -> other == source;
            case APP_AND_API, CHANNEL -> false;
        };
    }

    // ---- the end

    /** Nothing new goes; what is in flight ends. */
    void close() {
        closed = true;
        apps.values().forEach(OwnedApp::closeLanes);
    }

    boolean closed() {
        return closed;
    }

    boolean idle() {
        return apps.values().stream().allMatch(OwnedApp::idle);
    }
}
