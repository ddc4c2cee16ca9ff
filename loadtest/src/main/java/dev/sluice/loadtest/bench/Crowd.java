package dev.sluice.loadtest.bench;

import dev.sluice.engine.model.ContentHash;
import dev.sluice.loadtest.client.Patience;

/** Many tenants, each with an app of its own and one delivery that waits in a paused channel: lanes that a node owns and that have nothing to do. */
final class Crowd {
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
    private static final String OWNED = "SELECT count(*) FROM app_lease WHERE incarnation IS NOT NULL";
    private static final long LOOK_MILLIS = 500;
    private static final int MOST_LOOKS = 1_200;

    private Crowd() {}

    /**
     * Adds tenants and waits until the node owns all their apps.
     *
     * @param name what theirs begin with
     * @param firstSubmissionId their submissions have this and the next ids
     */
    static void add(BenchNode node, String name, int tenants, long firstSubmissionId) {
        long owned = node.number(OWNED);
        node.sql(TENANTS, name, tenants, firstSubmissionId, CONTENT, ContentHash.of(CONTENT));
        node.sql("ANALYZE tenant, organisation, app, channel, submission, delivery");
        node.sql("NOTIFY sluice_directory");
        for (int look = 0; node.number(OWNED) < owned + tenants; look++) {
            if (look == MOST_LOOKS) {
                throw new IllegalStateException(
                        "%,d apps have an owner, not %,d".formatted(node.number(OWNED), owned + tenants));
            }
            Patience.pause(LOOK_MILLIS);
        }
    }
}
