package dev.sluice.engine.scheduling.wake;

import io.vertx.core.Context;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Which channels this node schedules, and the way to wake those who do. Thread-safe. */
public final class OwnedChannels {
    private record Listener(Context context, Consumer<Collection<Long>> woken) {}

    private final Set<Long> channelIds = ConcurrentHashMap.newKeySet();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Is scheduled here now. */
    public void add(long channelId) {
        channelIds.add(channelId);
    }

    /** Is not any more. */
    public void remove(long channelId) {
        channelIds.remove(channelId);
    }

    /** Tells a scheduler, in its context, of channels in which something changed. */
    public void onWake(Context context, Consumer<Collection<Long>> woken) {
        listeners.add(new Listener(context, woken));
    }

    /** Those of them that are not scheduled here, so that other nodes must know. */
    List<Long> elsewhere(Collection<Long> asked) {
        return asked.stream().filter(id -> !channelIds.contains(id)).toList();
    }

    /** Wakes this node's schedulers for all that they schedule. */
    void wakeAll() {
        wake(channelIds);
    }

    /** Wakes this node's schedulers. */
    public void wake(Collection<Long> changed) {
        List<Long> copy = List.copyOf(changed);
        listeners.forEach(listener ->
                listener.context().runOnContext(now -> listener.woken().accept(copy)));
    }
}
