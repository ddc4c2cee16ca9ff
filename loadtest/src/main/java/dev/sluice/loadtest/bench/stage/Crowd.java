package dev.sluice.loadtest.bench.stage;

import dev.sluice.engine.model.ContentHash;
import dev.sluice.engine.secret.AppSecrets;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.loadtest.client.Patience;
import io.micrometer.core.instrument.Gauge;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many tenants, each with an app of its own and one delivery that waits in a paused channel: lanes that a node owns and that have nothing to do. */
public final class Crowd {
    private static final String CONTENT = "{\"msgtype\":\"text\",\"text\":{\"content\":\"crowd\"}}";
    private static final String TENANTS = """
            WITH t AS (INSERT INTO tenant (name) SELECT $1 || n FROM generate_series(1, $2::integer) AS n RETURNING id, name),
            o AS (INSERT INTO organisation (tenant_id, platform, corp_id, name) SELECT id, 'dingtalk', name, name FROM t RETURNING id, tenant_id, name),
            p AS (INSERT INTO organisation_profile SELECT id, '2025-01-01', 'enterprise' FROM o),
            a AS (INSERT INTO app (tenant_id, organisation_id, name, app_key, agent_id, secrets_cipher)
                  SELECT tenant_id, id, name, name, 1, '' FROM o RETURNING id, tenant_id, name),
            c AS (INSERT INTO channel (tenant_id, app_id, kind, name, state, receipts)
                  SELECT tenant_id, id, 'dingtalk-work', name, 'paused', 'none' FROM a RETURNING id, tenant_id),
            s AS (INSERT INTO submission (tenant_id, id, channel_id, priority, state, content, content_hash, total)
                  SELECT tenant_id, $3::bigint + id, id, 2, 1, $4, $5, 1 FROM c RETURNING tenant_id, id, channel_id)
            INSERT INTO delivery (tenant_id, submission_id, ordinal, channel_id, recipient)
            SELECT tenant_id, id, 0, channel_id, 'user000001' FROM s
            """;
    private static final String UNSEALED = "SELECT tenant_id, id FROM app WHERE secrets_cipher = ''";
    private static final String SEAL =
            "UPDATE app SET secrets_cipher = u.cipher FROM unnest($1::bigint[], $2::bytea[]) AS u (id, cipher) WHERE app.id = u.id";
    /** Tenants whose lane has an owner, and whose month is open. */
    private static final String SETTLED_IN = """
            SELECT count(*) FROM app a JOIN app_lease l ON l.app_id = a.id AND l.incarnation IS NOT NULL
            WHERE EXISTS (SELECT 1 FROM budget b WHERE b.organisation_id = a.organisation_id AND b.granted > 0)
            """;

    private static final String LOADED = "sluice.deliveries.loaded";
    private static final long LOOK_MILLIS = 500;
    private static final int MOST_LOOKS = 1_200;

    private Crowd() {}

    /**
     * Adds tenants and waits until the node has their months open and their lanes loaded.
     *
     * @param name what theirs begin with
     * @param firstSubmissionId their submissions have this and the next ids
     */
    public static void add(BenchNode node, String name, int tenants, long firstSubmissionId) {
        long settledIn = node.number(SETTLED_IN);
        double loaded = loaded(node);
        node.sql(TENANTS, name, tenants, firstSubmissionId, CONTENT, ContentHash.of(CONTENT));
        seal(node);
        node.sql("ANALYZE tenant, organisation, app, channel, submission, delivery");
        node.sql("NOTIFY sluice_directory");
        for (int look = 0; node.number(SETTLED_IN) < settledIn + tenants || loaded(node) < loaded + tenants; look++) {
            if (look == MOST_LOOKS) {
                throw new IllegalStateException("%,d tenants of %,d settled in, %,.0f of their deliveries are loaded"
                        .formatted(node.number(SETTLED_IN) - settledIn, tenants, loaded(node) - loaded));
            }
            Patience.pause(LOOK_MILLIS);
        }
    }

    private static double loaded(BenchNode node) {
        return node.parts().meters().get(LOADED).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static void seal(BenchNode node) {
        AppSecrets secrets = new AppSecrets(new SecretBox(node.parts().masterKeys(), new SecureRandom()));
        List<Long> apps = new ArrayList<>();
        List<Buffer> sealed = new ArrayList<>();
        for (Row row : node.sql(UNSEALED)) {
            apps.add(row.getLong(1));
            sealed.add(Buffer.buffer(secrets.seal(row.getLong(0), row.getLong(1), Map.of("appSecret", "unused"))));
        }
        node.sql(SEAL, apps.toArray(Long[]::new), sealed.toArray(Buffer[]::new));
    }
}
