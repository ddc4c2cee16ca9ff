package dev.sluice.engine.scheduling.hold;

import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import java.time.Instant;
import java.util.Optional;

/**
 * One reason for a lane to wait.
 *
 * @param gate short name of what holds
 * @param reason one sentence for people
 * @param untilMillis wall time at which to look again, {@link #NO_END} when nothing but an event ends it; a gate may change meanwhile, so this may be long before
 *     it opens
 * @param opensMillis wall time at which it is expected to open, for people; {@link #NO_END} when nobody knows
 * @param slotGate the slot gate behind it, null for others
 */
public record Hold(String gate, String reason, long untilMillis, long opensMillis, SlotGate slotGate) {
    /** The name of the hold of a month that is used up. */
    public static final String MONTH = "month budget";

    /** The name of the hold of a channel that an operator, or a refusal of the platform, has paused. */
    public static final String CHANNEL_PAUSED = "channel paused";

    /** The name of the hold of a platform that wants quiet. */
    public static final String THROTTLE = "platform throttle";

    /** The time of what does not end by itself. */
    static final long NO_END = Long.MAX_VALUE;

    /** One without a slot gate that is looked at again when it opens. */
    public Hold(String gate, String reason, long untilMillis) {
        this(gate, reason, untilMillis, untilMillis, null);
    }

    /** One of a gate that refused a call a moment ago. */
    static Hold atGate(SlotAnswer.NotBefore refusal, long nowMillis) {
        String label = refusal.gate().label();
        return new Hold(
                label,
                "The limit " + label + " is used up; it opens in about " + refusal.waitMillis() + " ms.",
                nowMillis + refusal.askAgainMillis(),
                nowMillis + refusal.waitMillis(),
                refusal.gate());
    }

    /** One that ends when its turn in the line at a gate comes, and by nothing else. */
    static Hold inLine(SlotGate gate, int ahead, long opensMillis) {
        return new Hold(
                gate.label(),
                "The limit " + gate.label() + " is used up by all who share it; " + ahead + " stand before it in line.",
                NO_END,
                opensMillis,
                gate);
    }

    /** The same, looked at again at another time. */
    Hold until(long millis) {
        return new Hold(gate, reason, millis, opensMillis, slotGate);
    }

    /** The same after the wall clock was set back by so much. */
    Hold earlier(long millis) {
        return new Hold(gate, reason, untilMillis - millis, opensMillis - millis, slotGate);
    }

    /** When it is expected to open. */
    public Optional<Instant> opens() {
        return opensMillis == NO_END ? Optional.empty() : Optional.of(Instant.ofEpochMilli(opensMillis));
    }
}
