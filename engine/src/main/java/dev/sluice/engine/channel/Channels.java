package dev.sluice.engine.channel;

import dev.sluice.engine.model.ChannelKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The adapters of this build, one for each kind of channel. Immutable. */
public final class Channels {
    private final Map<ChannelKind, ChannelAdapter> byKind = new EnumMap<>(ChannelKind.class);

    /** @param adapters exactly one for each kind */
    public Channels(Collection<? extends ChannelAdapter> adapters) {
        for (ChannelAdapter adapter : adapters) {
            if (byKind.put(adapter.kind(), adapter) != null) {
                throw new IllegalArgumentException("two adapters for " + adapter.kind());
            }
        }
        for (ChannelKind kind : ChannelKind.values()) {
            if (!byKind.containsKey(kind)) {
                throw new IllegalArgumentException("no adapter for " + kind);
            }
        }
    }

    /** The adapter that speaks for a kind. */
    public ChannelAdapter adapter(ChannelKind kind) {
        return byKind.get(kind);
    }
}
