package dev.sluice.simulator.webhook;

import dev.sluice.simulator.limit.SlidingWindow;
import dev.sluice.simulator.settings.Limits;

/** Twenty a minute, then ten minutes of nothing, for one robot (custom-robots-send-group-messages, 2026-07-14). */
final class WebhookThrottle {
    private final SlidingWindow minute = new SlidingWindow(60_000);
    private boolean penalised;
    private long penaltyUntilMillis;

    /** Counts a message; answers the code of the refusal, or 0 if it may pass. */
    int admit(long wallMillis, Limits limits) {
        Limits.Webhook webhook = limits.webhook();
        if (penalised && wallMillis < penaltyUntilMillis) {
            if (webhook.penaltyRestarts()) {
                penaltyUntilMillis = wallMillis + webhook.penaltyMillis();
            }
            return limits.codes().webhookPenalty();
        }
        penalised = !minute.tryAdd(wallMillis, webhook.messagesPerMinute());
        if (penalised) {
            penaltyUntilMillis = wallMillis + webhook.penaltyMillis();
            minute.clear();
            return limits.codes().webhookTooFast();
        }
        return 0;
    }
}
