package dev.sluice.loadtest.load.sending;

import dev.sluice.loadtest.load.tenant.LoadTenant;
import dev.sluice.loadtest.scenario.Load;

/**
 * What the client remembers of a request or a campaign.
 *
 * @param tenant whose
 * @param load of which load
 * @param id as the tenant knows it; empty of a request that was not accepted
 * @param people in the request, or in the campaign's file: whom an answer that says yes promises
 * @param contentHash the platform's hash of its content
 * @param fingerprint see {@link dev.sluice.loadtest.evidence.Fingerprint}
 * @param traceable whether the platform's ledger can tell when it arrived
 * @param dueNanos when it was to leave, on the clock of {@link System#nanoTime()}
 * @param answer how it ended
 */
public record Sent(
        LoadTenant tenant,
        Load load,
        String id,
        int people,
        long contentHash,
        long fingerprint,
        boolean traceable,
        long dueNanos,
        Answer answer) {
    /** How a request ended for its client. */
    public enum Answer {
        ACCEPTED,
        /** The engine said no, as often as it was asked. */
        REFUSED,
        /** Nobody knows: some time no answer came, and nothing that came later tells. */
        NONE
    }

    /** Whether it was promised to be delivered. */
    public boolean accepted() {
        return answer == Answer.ACCEPTED;
    }
}
