package dev.sluice.loadtest.load.sending;

import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Load;
import io.vertx.core.buffer.Buffer;

/**
 * A request before it leaves.
 *
 * @param tenant whose
 * @param load of which load
 * @param idempotencyKey that no other request has
 * @param body JSON
 * @param people in it, with those who stand in it twice
 * @param contentHash the platform's hash of its content
 * @param fingerprint see {@link dev.sluice.loadtest.evidence.Fingerprint}
 * @param traceable whether the platform's ledger can tell when it arrived: nothing else has its content
 */
record Outgoing(
        LoadTenant tenant,
        Load load,
        String idempotencyKey,
        Buffer body,
        int people,
        long contentHash,
        long fingerprint,
        boolean traceable) {}
