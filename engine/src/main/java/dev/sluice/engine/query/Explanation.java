package dev.sluice.engine.query;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.SubmissionState;
import dev.sluice.engine.scheduling.status.LaneStatus;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    /** What holds each of these that waits: {@code gate}, {@code reason}, {@code notBefore}. The board is read once, for the lanes of those whom nothing nearer holds. */
    Future<Map<DeliveryKey, JsonObject>> waitingFor(List<Row> deliveries) {
        Map<DeliveryKey, JsonObject> held = new HashMap<>();
        Map<DeliveryKey, Long> byLane = new HashMap<>();
        for (Row row : deliveries) {
            if (row.getShort("state") == DeliveryState.WAITING.code()) {
                DeliveryKey key = new DeliveryKey(row.getLong("submission_id"), row.getInteger("ordinal"));
                long channelId = row.getLong("channel_id");
                ofSubmission(row)
                        .or(() -> ofChannel(channelId))
                        .ifPresentOrElse(reason -> held.put(key, reason), () -> byLane.put(key, channelId));
            }
        }
        return ofLanes(new HashSet<>(byLane.values())).map(reasons -> {
            byLane.forEach((key, channelId) -> held.put(key, reasons.get(channelId)));
            return held;
        });
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
    private Future<Map<Long, JsonObject>> ofLanes(Set<Long> channelIds) {
        if (channelIds.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return lanes.read(channelIds)
                .map(statuses -> each(channelIds, channelId -> ofStatus(statuses.get(channelId))))
                .otherwise(failure -> each(
                        channelIds,
                        channelId -> held(
                                "unknown",
                                "What holds its lane cannot be read just now: Redis, where its node says it, does not answer.",
                                null)));
    }

    private static Map<Long, JsonObject> each(Set<Long> channelIds, Function<Long, JsonObject> reason) {
        return channelIds.stream().collect(Collectors.toMap(Function.identity(), reason));
    }

    private static JsonObject ofStatus(LaneStatus status) {
        if (status == null) {
            return held(
                    "no owner",
                    "No node says what holds its lane: none has taken it up yet, or no node that schedules runs.",
                    null);
        }
        return status.bindingGate().isEmpty()
                ? held("turn", "Nothing holds its lane: its call is being made ready, or others go before it.", null)
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
