package dev.sluice.engine.scheduling.status;

import io.vertx.core.Future;
import java.util.Collection;
import java.util.Map;

/** Where owners of lanes say what they see and anybody may read it. */
public interface LaneStatusBoard {
    /** The newest status of each of these channels; channels without an owner or without recent activity are missing. Fails when Redis cannot say. */
    Future<Map<Long, LaneStatus>> read(Collection<Long> channelIds);

    /** Publishes; a lost one is replaced by the next. */
    Future<Void> publish(Collection<LaneStatus> statuses);
}
