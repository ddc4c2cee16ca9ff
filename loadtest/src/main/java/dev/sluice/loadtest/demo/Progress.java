package dev.sluice.loadtest.demo;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.loadtest.client.States;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How far a tenant's campaign is.
 *
 * @param plan whose
 * @param states deliveries by state
 * @param lastMinute people who left in calls in the last minute
 * @param left until it is done, by the limit of people a minute
 * @param gate which limit binds now, "" when none does
 * @param gateOpens when it opens, null when that is not known
 */
record Progress(
        TenantPlan plan,
        Map<DeliveryState, Long> states,
        long lastMinute,
        Duration left,
        String gate,
        Instant gateOpens) {
    /** The limit that the demo's channels have. */
    static final long PEOPLE_PER_MINUTE = 5_000;

    Progress {
        states = Map.copyOf(states);
    }

    /**
     * Reads it from what the APIs say.
     *
     * @param campaign as the send API shows it
     * @param lane its channel's lane as the admin API shows it
     * @param rate remembers how many had left when
     */
    static Progress of(TenantPlan plan, JsonObject campaign, JsonObject lane, LastMinute rate, Instant now) {
        Map<DeliveryState, Long> states = States.in(campaign);
        JsonObject scheduler = lane.getJsonObject("scheduler", new JsonObject());
        String gate = scheduler == null ? "" : scheduler.getString("bindingGate", "");
        String notBefore = scheduler == null ? null : scheduler.getString("notBefore");
        Instant opens = notBefore == null ? null : Instant.parse(notBefore);
        long waiting = states.get(DeliveryState.WAITING);
        long left =
                states.get(DeliveryState.SENT) + states.get(DeliveryState.DELIVERED) + states.get(DeliveryState.FAILED);
        return new Progress(
                plan, states, rate.of(left, now), left(waiting, opens, now), waiting == 0 ? "" : gate, opens);
    }

    /** One minute's worth of people leaves when the gate opens, the next a minute later. */
    private static Duration left(long waiting, Instant opens, Instant now) {
        if (waiting == 0) {
            return Duration.ZERO;
        }
        Duration untilOpen = opens == null || opens.isBefore(now) ? Duration.ZERO : Duration.between(now, opens);
        return untilOpen.plusMinutes((waiting - 1) / PEOPLE_PER_MINUTE);
    }

    private static long total(Map<DeliveryState, Long> states) {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }

    long total() {
        return total(states);
    }

    long in(DeliveryState state) {
        return states.getOrDefault(state, 0L);
    }

    long settled() {
        return total() - in(DeliveryState.WAITING);
    }
}
