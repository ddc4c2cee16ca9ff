package dev.sluice.engine.sending;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.quota.SlotPermit;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Makes calls. Futures never fail and always end within the call deadline and a little: trouble is an outcome. The sender waits until the permit's slots are
 * free, and checks, in the same turn of the event loop as the write, that the grant is fresh and that the node's lease outlives the deadline; otherwise the call is {@link CallOutcome.NotSent}.
 */
public interface SendPort {
    /**
     * Sends a batch.
     *
     * @param permit its slots, empty when it needs none: then no grant can grow old
     */
    Future<CallOutcome> send(CallPlan plan, Optional<SlotPermit> permit);

    /** Asks what became of an accepted call. */
    Future<ReceiptResult> query(ChannelEntry channel, String platformRef, Optional<SlotPermit> permit);
}
