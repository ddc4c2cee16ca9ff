package dev.sluice.loadtest.terminal;

import dev.sluice.engine.model.DeliveryState;

/** What states of deliveries are called among people. */
public final class StateWords {
    private StateWords() {}

    /** One or two words. */
    public static String of(DeliveryState state, Language language) {
        return switch (state) {
            case WAITING -> language.say("waiting", "等待");
            case SENT -> language.say("sent", "已发送");
            case DELIVERED -> language.say("delivered", "已送达");
            case FAILED -> language.say("failed", "失败");
            case SUPPRESSED -> language.say("suppressed", "抑制");
            case EXPIRED -> language.say("expired", "过期");
            case CANCELLED -> language.say("cancelled", "取消");
            case IN_DOUBT -> language.say("in doubt", "存疑");
        };
    }
}
