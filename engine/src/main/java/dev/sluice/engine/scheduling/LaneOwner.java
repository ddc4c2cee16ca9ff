package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.scheduling.hold.Hold;

/** What a lane needs of whoever has many of them. */
interface LaneOwner {
    /** The doubtful calls of an app must be read again. */
    void readUnresolved(long appId);

    /** A platform's throttle that may be about other lanes too. */
    void quiet(Lane source, ThrottleScope scope, Hold hold);
}
