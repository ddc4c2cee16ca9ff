package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.ReceiptProtocol.Dropped;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.receipt.DueReceipt;
import dev.sluice.engine.settling.DeliveryChange;
import java.util.ArrayList;
import java.util.List;

/** What a receipt means for the people in it. Pure. */
final class ReceiptChanges {
    private ReceiptChanges() {}

    /**
     * Fenced by the query and not by the lease: what the platform said is good whoever owns the app by then, as long as nobody ended the query before.
     *
     * <p>For a resend, whom the platform lists under "same content" had the first call's message, and whoever has the resend's has it now: both got it once.
     */
    static List<DeliveryChange> of(DueReceipt receipt, long queryId, ReceiptResult.Complete complete) {
        boolean resend = receipt.purpose() == Purpose.RESEND;
        DeliveryState from = resend ? DeliveryState.IN_DOUBT : DeliveryState.SENT;
        Disposition confirmed = resend ? Disposition.CONFIRMED_BY_RESEND : null;
        List<DeliveryChange> changes = new ArrayList<>();
        for (String recipient : complete.delivered()) {
            DeliveryKey key = receipt.people().get(recipient);
            if (key != null) {
                changes.add(change(receipt, queryId, key, from, DeliveryState.DELIVERED, confirmed));
            }
        }
        for (Dropped dropped : complete.dropped()) {
            DeliveryKey key = receipt.people().get(dropped.recipient());
            if (key == null) {
                continue;
            }
            if (resend && dropped.disposition() == Disposition.DROPPED_SAME_CONTENT) {
                changes.add(change(receipt, queryId, key, from, DeliveryState.DELIVERED, confirmed));
            } else if (!resend || dropped.disposition() == Disposition.INVALID_RECIPIENT) {
                changes.add(change(receipt, queryId, key, from, DeliveryState.FAILED, dropped.disposition()));
            }
        }
        return changes;
    }

    private static DeliveryChange change(
            DueReceipt receipt,
            long queryId,
            DeliveryKey key,
            DeliveryState from,
            DeliveryState to,
            Disposition disposition) {
        return new DeliveryChange(receipt.tenantId(), key, from, to, disposition, 0, queryId, 0);
    }
}
