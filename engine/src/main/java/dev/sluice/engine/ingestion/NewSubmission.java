package dev.sluice.engine.ingestion;

import java.util.UUID;

/**
 * A request on its way into the database, under the id that it keeps however often its group is written.
 *
 * @param tenantId whose
 * @param id the submission's id
 * @param request what was asked
 * @param idempotencyKey the tenant's name for it, null for none
 * @param bodyHash what the key stands for, null without a key
 */
record NewSubmission(long tenantId, long id, SendRequest request, String idempotencyKey, UUID bodyHash) {
    boolean named() {
        return idempotencyKey != null;
    }

    int rows() {
        return request.total();
    }
}
