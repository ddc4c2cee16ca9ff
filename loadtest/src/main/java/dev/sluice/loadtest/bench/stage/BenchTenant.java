package dev.sluice.loadtest.bench.stage;

import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.secret.AppSecrets;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.simulator.directory.App;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * A tenant with one organisation, one app and one work notice channel, here and at the simulator.
 *
 * @param corpId its organisation at the platform
 * @param appId its app
 * @param channel the channel's name
 * @param key opens the send API
 */
public record BenchTenant(
        long tenantId, long organisationId, String corpId, long appId, long channelId, String channel, ApiKey key) {
    private static final String APP_KEY = "key-";
    private static final String SECRET = "secret-";
    /** Of all apps. */
    public static final int AGENT_ID = 4711;

    private static final int PEOPLE = 10_000_000;
    /** 1 while anything is open. The index of lanes answers, however much was settled before. */
    private static final String OPEN = """
            SELECT count(*) FROM (SELECT 1 FROM submission WHERE channel_id = $1 AND state IN (1, 3) LIMIT 1) AS open
            """;

    private static final long LOOK_MILLIS = 20;
    /** Far more than any round takes: what is stuck ends the benchmark. */
    private static final long LONGEST_NANOS = 3_600_000_000_000L;

    /**
     * Makes one.
     *
     * @param profile its limits; a profile without rows limits nothing
     * @param peoplePerCall most people in a call
     */
    public static BenchTenant make(BenchNode node, String name, String profile, int peoplePerCall) {
        String corpId = "ding" + name;
        node.simulator()
                .directory()
                .addOrganisation(corpId, "enterprise")
                .people()
                .addRange("user", PEOPLE);
        long tenantId = node.number("INSERT INTO tenant (name) VALUES ($1) RETURNING id", name);
        long organisationId = node.number(
                "INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES ($1, 'dingtalk', $2, $2) RETURNING id",
                tenantId,
                corpId);
        node.sql("INSERT INTO organisation_profile VALUES ($1, '2025-01-01', $2)", organisationId, profile);
        node.sql(
                "INSERT INTO budget (organisation_id, month, pool, granted) VALUES ($1, date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai'), 'api', 1000000000)",
                organisationId);
        ApiKey key = ApiKey.generate(new SecureRandom());
        BenchNode.await(new ApiKeyStore(node.pool())
                .insertSendKey(key, tenantId, "bench", Instant.now().plus(1, ChronoUnit.DAYS)));
        return new BenchTenant(tenantId, organisationId, corpId, 0, 0, "", key).sibling(node, name, peoplePerCall);
    }

    /** Another app of the same organisation, with a channel. */
    public BenchTenant sibling(BenchNode node, String name, int peoplePerCall) {
        BenchTenant made = add(node, name, peoplePerCall);
        made.reload(node);
        return made;
    }

    private BenchTenant add(BenchNode node, String name, int peoplePerCall) {
        String newKey = APP_KEY + name;
        node.simulator().directory().addApp(App.of(corpId, newKey, SECRET + name, AGENT_ID));
        long newApp = node.number(
                "INSERT INTO app (tenant_id, organisation_id, name, app_key, agent_id, robot_code, secrets_cipher) VALUES ($1, $2, $3, $3, $4, $3, '') RETURNING id",
                tenantId,
                organisationId,
                newKey,
                (long) AGENT_ID);
        byte[] sealed = new AppSecrets(new SecretBox(node.parts().masterKeys(), new SecureRandom()))
                .seal(tenantId, newApp, Map.of("appSecret", SECRET + name));
        node.sql("UPDATE app SET secrets_cipher = $1 WHERE id = $2", Buffer.buffer(sealed), newApp);
        long newChannel = node.number(
                "INSERT INTO channel (tenant_id, app_id, kind, name, receipts, people_per_call) VALUES ($1, $2, 'dingtalk-work', $3, 'none', $4) RETURNING id",
                tenantId,
                newApp,
                name,
                peoplePerCall);
        return new BenchTenant(tenantId, organisationId, corpId, newApp, newChannel, name, key);
    }

    /** What the app is called at the platform. */
    public String appKey() {
        return APP_KEY + channel;
    }

    /** What the simulator wants for a token. */
    public String appSecret() {
        return SECRET + channel;
    }

    /** Holds the lane, or lets it go. */
    public void pause(BenchNode node, boolean paused) {
        node.sql("UPDATE channel SET state = $1 WHERE id = $2", paused ? "paused" : "active", channelId);
        reload(node);
    }

    /** Waits until everything that was started or sent through the channel is settled. Looks often, since what it takes is measured. */
    public void awaitSettled(BenchNode node) {
        long startedNanos = System.nanoTime();
        while (node.number(OPEN, channelId) > 0) {
            if (System.nanoTime() - startedNanos > LONGEST_NANOS) {
                throw new IllegalStateException("channel %s is not settled after an hour".formatted(channel));
            }
            Patience.pause(LOOK_MILLIS);
        }
    }

    /** Makes the node read its directory, and waits until it surely has. */
    private void reload(BenchNode node) {
        node.sql("NOTIFY sluice_directory");
        Patience.pause(1_000);
    }
}
