package dev.sluice.admin.app;

import dev.sluice.admin.http.Fields;
import dev.sluice.engine.model.ChannelKind;
import java.util.HashMap;
import java.util.Map;

/** Reads secrets from a request: {@code appSecret} of an app, {@code accessToken} and perhaps {@code signSecret} of a webhook robot. */
public final class SecretFields {
    static final String ACCESS_TOKEN = "accessToken";

    private static final int MOST_CHARS = 500;

    private SecretFields() {}

    /** Whether channels of both kinds can use the secrets of one app. */
    public static boolean alike(ChannelKind one, ChannelKind other) {
        return (one == ChannelKind.DINGTALK_WEBHOOK) == (other == ChannelKind.DINGTALK_WEBHOOK);
    }

    /** What a channel of this kind needs. */
    public static Map<String, String> read(Fields secrets, ChannelKind kind) {
        return switch (kind) {
            case DINGTALK_WORK, DINGTALK_ROBOT -> Map.of("appSecret", secrets.text("appSecret", MOST_CHARS));
            case DINGTALK_WEBHOOK -> {
                Map<String, String> read = new HashMap<>();
                read.put(ACCESS_TOKEN, secrets.text(ACCESS_TOKEN, MOST_CHARS));
                String signSecret = secrets.textIfAny("signSecret", MOST_CHARS);
                if (signSecret != null) {
                    read.put("signSecret", signSecret);
                }
                yield read;
            }
        };
    }
}
