package dev.sluice.engine.scheduling;

import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.scheduling.queue.Pending;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A batch on its way through the steps of a call.
 *
 * @param lane whose
 * @param callId the call's id, also its token at the gates
 * @param batch who travels, at least one
 * @param permit its slots, empty where no limit applies
 * @param grantedAtNanos when it got leave to go
 */
record Flight(Lane lane, long callId, List<Pending> batch, Optional<SlotPermit> permit, long grantedAtNanos) {
    Flight {
        batch = List.copyOf(batch);
    }

    /** What all of them get. */
    UUID contentHash() {
        return batch.getFirst().work().spec().contentHash();
    }

    Flight with(List<Pending> others) {
        return new Flight(lane, callId, others, permit, grantedAtNanos);
    }
}
