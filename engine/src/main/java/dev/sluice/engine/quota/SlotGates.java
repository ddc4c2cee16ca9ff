package dev.sluice.engine.quota;

import io.vertx.core.Future;
import java.util.List;

/**
 * Reserves slots over all nodes. After a loss of its state it refuses until the state is rebuilt from the calls that Postgres knows; it never starts full and
 * never guesses. Futures never fail: trouble is {@link SlotAnswer.Unavailable}, and a lost settle leaves the slots held for the hold time.
 */
public interface SlotGates {
    /**
     * Takes all of the requests or none.
     *
     * @param token unique for this attempt. The id of the call is best: then its answer finds its slots even after they were rebuilt from Postgres
     * @param requests at least one; none means that no limit applies and must not be asked
     */
    Future<SlotAnswer> take(String token, List<SlotRequest> requests);

    /** Rebuilds those of the gates whose state is lost. Harmless for the others. Completes when it is worth asking them. */
    Future<Void> warm(List<SlotGate> gates);

    /**
     * An answer to the call arrived (or the platform closed the connection after one): its slots are free one window from now.
     *
     * @param people how many people really travelled: units taken beyond that come back at once
     */
    Future<Void> settle(SlotPermit permit, int people);

    /** The call provably never left: its slots are free now. */
    Future<Void> release(SlotPermit permit);
}
