package dev.sluice.simulator.ledger;

import dev.sluice.simulator.http.Api;

/**
 * One call as the ledger keeps it.
 *
 * @param number position in the ledger, from 0
 * @param arrivalNanos monotonic arrival time on the platform's clock
 * @param wallMillis wall time on the platform's clock
 * @param address where it came from
 * @param appKey empty if the caller was not known
 * @param outcome the code answered, {@code "0"} for success
 * @param fault the scripted faults that met it, joined by {@code +}
 * @param processed false if the call was lost before the platform saw it
 * @param recipients people addressed, whatever became of them
 * @param contentHash see {@link ContentHash}
 */
public record CallRow(
        long number,
        long arrivalNanos,
        long wallMillis,
        String address,
        String appKey,
        String corpId,
        Api api,
        String outcome,
        String fault,
        boolean metered,
        boolean throttled,
        boolean processed,
        int recipients,
        int shown,
        long contentHash) {}
