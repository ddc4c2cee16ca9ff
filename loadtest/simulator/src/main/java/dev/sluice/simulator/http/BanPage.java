package dev.sluice.simulator.http;

import dev.sluice.simulator.settings.Limits;

/** What a banned address gets: no envelope of the platform (call-frequency-limit, 2026-01-22). */
final class BanPage {
    private static final String JSON =
            "{\"status\":1111,\"wait\":5,\"source\":\"x5\",\"punish\":\"deny\",\"uuid\":\"5f0c8a52\"}";
    private static final String HTML =
            "<!DOCTYPE html><html><head><title>访问被拦截</title></head><body>punish deny x5</body></html>";

    private BanPage() {}

    static Reply of(Limits.Ip ip) {
        String text = switch (ip.answer()) {
            case JSON -> JSON;
            case HTML -> HTML;
        };
        return Reply.foreign(ip.status(), text, "ipBanned").asThrottled();
    }
}
