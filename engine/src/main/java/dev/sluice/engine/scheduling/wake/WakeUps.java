package dev.sluice.engine.scheduling.wake;

import java.util.Collection;

/**
 * Tells whoever schedules a lane, on this node or another, that something changed there: new work, a pause, a cancellation. A lost signal costs time, never
 * work: owners also look by themselves. Callable from any thread.
 */
public interface WakeUps {
    /** These channels have something new in Postgres, already committed. */
    void changed(Collection<Long> channelIds);
}
