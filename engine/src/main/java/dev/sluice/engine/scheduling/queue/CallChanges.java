package dev.sluice.engine.scheduling.queue;

import dev.sluice.engine.model.DeliveryState;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.sending.Verdict;
import dev.sluice.engine.settling.DeliveryChange;
import java.util.ArrayList;
import java.util.List;

/** What is recorded about the people of a call. Pure. */
public final class CallChanges {
    private CallChanges() {}

    /** What the verdicts change in the database; whoever goes again at once changes nothing there. */
    public static List<DeliveryChange> of(List<Pending> batch, List<Verdict> verdicts, long callId) {
        List<DeliveryChange> changes = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Pending pending = batch.get(i);
            switch (verdicts.get(i)) {
                case Verdict.End end -> changes.add(end(pending, end.state(), end.disposition(), callId));
                case Verdict.Retry retry -> changes.add(retry(pending, retry.delayMillis(), callId));
                case Verdict.Again again -> {}
            }
        }
        return changes;
    }

    /** It ends, through a call or without one: then the call is 0. */
    public static DeliveryChange end(Pending pending, DeliveryState state, Disposition disposition, long callId) {
        return new DeliveryChange(
                pending.work().spec().tenantId(),
                pending.key(),
                DeliveryState.WAITING,
                state,
                disposition,
                callId,
                callId,
                0);
    }

    private static DeliveryChange retry(Pending pending, long delayMillis, long callId) {
        return new DeliveryChange(
                pending.work().spec().tenantId(),
                pending.key(),
                DeliveryState.WAITING,
                DeliveryState.WAITING,
                null,
                callId,
                callId,
                delayMillis);
    }
}
