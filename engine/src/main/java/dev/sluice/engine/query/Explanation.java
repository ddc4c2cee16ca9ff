package dev.sluice.engine.query;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.scheduling.LaneStatus;
import dev.sluice.engine.scheduling.LaneStatusBoard;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Says what a waiting delivery waits for: the nearest reason first, from its submission down to the gate of its lane. */
final class Explanation {
    private final Directory directory;
    private final LaneStatusBoard lanes;
    private final EngineClock clock;

    Explanation(Directory directory, LaneStatusBoard lanes, EngineClock clock) {
        this.directory = directory;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** What holds it: {@code gate}, {@code reason}, {@code notBefore}. */
    Future<JsonObject> waitingFor(Row delivery) {
        Optional<JsonObject> known = ofSubmission(delivery).or(() -> ofChannel(delivery.getLong("channel_id")));
        return known.isPresent() ? Future.succeededFuture(known.get()) : ofLane(delivery.getLong("channel_id"));
    }

    private Optional<JsonObject> ofSubmission(Row delivery) {
        SubmissionState state = SubmissionState.ofCode(delivery.getShort("submission_state"));
        JsonObject byState = switch (state) {
            case DRAFT -> held("draft", "Its campaign has not been started.", null);
            case PAUSED -> held("paused", "Its campaign is paused.", null);
            case CANCELLING -> held("cancelling", "It is being cancelled.", null);
            case RUNNING, FINISHED, CANCELLED -> null;
        };
        if (byState != null) {
            return Optional.of(byState);
        }
        if (delivery.getBoolean("in_flight")) {
            return Optional.of(held("in flight", "Its call is on the way; the answer is not here yet.", null));
        }
        return later(delivery.getOffsetDateTime("submission_not_before"), "not before", "Its notBefore has not come.")
                .or(() -> later(
                        delivery.getOffsetDateTime("not_before"),
                        "retry",
                        "The last attempt did not pass; it waits for the next."));
    }

    private Optional<JsonObject> ofChannel(long channelId) {
        Optional<ChannelEntry> channel = directory.channel(channelId);
        if (channel.isEmpty()) {
            return Optional.of(held("no channel", "Its channel is gone.", null));
        }
        if (!channel.get().tenantActive()) {
            return Optional.of(held("tenant paused", "The tenant is paused; ask the operator.", null));
        }
        return channel.get().paused()
                ? Optional.of(held("channel paused", channel.get().pauseReason(), null))
                : Optional.empty();
    }

    /** The board is a courtesy: without it the answer is still true. */
    private Future<JsonObject> ofLane(long channelId) {
        return lanes.read(List.of(channelId))
                .map(statuses -> ofStatus(statuses.get(channelId)))
                .otherwise(failure -> held("unknown", "What holds its lane cannot be read just now.", null));
    }

    private static JsonObject ofStatus(LaneStatus status) {
        if (status == null) {
            return held("no owner", "No node has taken up its lane yet.", null);
        }
        return status.bindingGate().isEmpty()
                ? held("turn", "Nothing holds its lane; others are before it.", null)
                : held(status.bindingGate(), status.reason(), status.notBefore());
    }

    private Optional<JsonObject> later(OffsetDateTime at, String gate, String reason) {
        return at != null && at.toInstant().isAfter(clock.now())
                ? Optional.of(held(gate, reason, at.toInstant()))
                : Optional.empty();
    }

    private static JsonObject held(String gate, String reason, Instant notBefore) {
        return new JsonObject()
                .put("gate", gate)
                .put("reason", reason)
                .put("notBefore", notBefore == null ? null : notBefore.toString());
    }
}
