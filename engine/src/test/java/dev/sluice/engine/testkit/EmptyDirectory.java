package dev.sluice.engine.testkit;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An installation without channels; a test says when something changed. Thread-safe. */
public final class EmptyDirectory implements Directory {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Something changed. */
    public void change() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public Optional<ChannelEntry> channel(long channelId) {
        return Optional.empty();
    }

    @Override
    public Optional<ChannelEntry> channel(long tenantId, String name) {
        return Optional.empty();
    }

    @Override
    public Collection<ChannelEntry> channelsOfApp(long appId) {
        return List.of();
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
