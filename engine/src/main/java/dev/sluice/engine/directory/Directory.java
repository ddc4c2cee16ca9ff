package dev.sluice.engine.directory;

import java.util.Collection;
import java.util.Optional;

/**
 * What a node knows of tenants, apps, channels and limits: an immutable snapshot in memory, replaced when the people's side changes. Safe to read from any
 * thread; a change is seen within the refresh interval, or at once when its notification arrives.
 */
public interface Directory {
    /** A channel by id. */
    Optional<ChannelEntry> channel(long channelId);

    /** A tenant's channel by name. */
    Optional<ChannelEntry> channel(long tenantId, String name);

    /** All channels of an app. */
    Collection<ChannelEntry> channelsOfApp(long appId);

    /** Calls the listener after each replacement of the snapshot, on an unspecified thread. */
    void onChange(Runnable listener);
}
