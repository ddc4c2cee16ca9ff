package dev.sluice.engine.ingestion;

import dev.sluice.engine.http.TenantShares;

/**
 * What the send API holds at most, in one verticle.
 *
 * @param bodyBytes a request body; more is 413
 * @param bodyMillis time for a body to arrive; more is 408
 * @param idleSeconds silence on a connection; more closes it
 * @param connections open connections; more are closed at once
 * @param connectionsPerAddress the same for one client address: a proxy in front needs more, a lone attacker gets no more
 * @param requestsPerTenant requests of one tenant in work at a time, besides sends and people files; some more wait for half of the idle time, then it is 429
 * @param rowsPerCommit deliveries in one commit: a tenth costs throughput, ten times as many cost latency
 * @param rowsQueued deliveries that wait for a commit; more is 503
 * @param tenantPercent share of the queue, of the places for people files and of the bytes of bodies that one tenant may take; more is 429
 * @param recordMillis how long a group is tried before its requests are answered 503
 * @param uploads people files that are read at the same time (each holds up to 12 MB to recognise duplicates, and two chunks of rows); more is 503
 * @param uploadStallMillis waiting for a people file that brings next to nothing, or little while somebody finds no place; more ends the upload, which can go on later
 */
public record IngestionBounds(
        int bodyBytes,
        long bodyMillis,
        int idleSeconds,
        int connections,
        int connectionsPerAddress,
        int requestsPerTenant,
        int rowsPerCommit,
        int rowsQueued,
        int tenantPercent,
        long recordMillis,
        int uploads,
        long uploadStallMillis) {

    /** Bytes of bodies in memory: enough for what the queue holds in usual messages, far below the heap when every one is as large as it may be. */
    private static final int HELD_BODIES = 512;

    /** For a node with two cores and a heap of a gigabyte. */
    public static final IngestionBounds DEFAULT =
            new IngestionBounds(256 * 1024, 20_000, 15, 10_000, 2_000, 8, 10_000, 100_000, 60, 5_000, 16, 30_000);

    public IngestionBounds {
        if (rowsPerCommit < SendDecoder.MOST_RECIPIENTS || rowsQueued < rowsPerCommit) {
            throw new IllegalArgumentException("need " + SendDecoder.MOST_RECIPIENTS
                    + " <= rowsPerCommit <= rowsQueued, not " + rowsPerCommit + " and " + rowsQueued);
        }
        if (tenantPercent < 1 || tenantPercent > 100) {
            throw new IllegalArgumentException("tenantPercent must be 1 to 100, not " + tenantPercent);
        }
    }

    /** How long a request waits for its tenant's turn: half of the silence that closes its connection, which leaves it time for its work and its answer. */
    long turnMillis() {
        return idleSeconds * 500L;
    }

    /** Bytes of the bodies of requests that are not answered yet, and each tenant's share of them: room for one body at least. */
    TenantShares heldBytes() {
        long most = (long) bodyBytes * HELD_BODIES;
        return new TenantShares(most, Math.max(bodyBytes, TenantShares.percentOf(most, tenantPercent)));
    }

    /** Deliveries of one tenant that may wait for a commit. */
    int rowsQueuedPerTenant() {
        return (int) Math.max(SendDecoder.MOST_RECIPIENTS, (long) rowsQueued * tenantPercent / 100);
    }

    /** Places for people files, and each tenant's share of them. */
    TenantShares uploadPlaces() {
        return new TenantShares(uploads, TenantShares.percentOf(uploads, tenantPercent));
    }
}
