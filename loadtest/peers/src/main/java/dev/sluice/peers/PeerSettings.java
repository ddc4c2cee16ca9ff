package dev.sluice.peers;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.Map;

/**
 * Where everything is. From the environment, since command lines are readable by everybody on the machine.
 *
 * @param threads jobs at once, and connections to the platform
 */
record PeerSettings(
        String jdbcUrl,
        String user,
        String password,
        String redisUri,
        URI platform,
        String appKey,
        String appSecret,
        int agentId,
        int threads) {
    /** Reads {@code PEER_...}. */
    static PeerSettings from(Map<String, String> environment) {
        return new PeerSettings(
                need(environment, "PEER_JDBC_URL"),
                need(environment, "PEER_USER"),
                need(environment, "PEER_PASSWORD"),
                need(environment, "PEER_REDIS_URI"),
                URI.create(need(environment, "PEER_PLATFORM")),
                need(environment, "PEER_APP_KEY"),
                need(environment, "PEER_APP_SECRET"),
                Integer.parseInt(need(environment, "PEER_AGENT_ID")),
                Integer.parseInt(environment.getOrDefault("PEER_THREADS", "50")));
    }

    private static String need(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is not set; ./sluice bench peers starts this process");
        }
        return value;
    }

    /** The same for another app. */
    PeerSettings withApp(String otherKey) {
        return new PeerSettings(jdbcUrl, user, password, redisUri, platform, otherKey, appSecret, agentId, threads);
    }

    /** The request for one person. */
    Buffer notice(String person) {
        return Buffer.buffer(
                "{\"agent_id\":%d,\"userid_list\":\"%s\",\"msg\":{\"msgtype\":\"text\",\"text\":{\"content\":\"hello\"}}}"
                        .formatted(agentId, person));
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "peer at " + jdbcUrl + " and " + platform;
    }
}
