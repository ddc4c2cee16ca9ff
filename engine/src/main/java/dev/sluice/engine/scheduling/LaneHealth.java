package dev.sluice.engine.scheduling;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.sending.CallFence;

/** What outcomes say about the other side's health: whatever it answers is a sign of life, unless it reports a fault of its own. */
final class LaneHealth {
    private LaneHealth() {}

    /** Notes it in the lane's circuit, and what it says about the lane itself. */
    static void note(Lane lane, CallOutcome outcome, long nowNanos) {
        if (!(outcome instanceof CallOutcome.NotSent)) {
            lane.left();
        }
        switch (outcome) {
            case CallOutcome.Temporary temporary -> {
                if (temporary.ofPlatform()) {
                    lane.circuit.failed(nowNanos);
                } else {
                    lane.circuit.refused(nowNanos);
                }
            }
            case CallOutcome.Unknown unknown -> lane.circuit.failed(nowNanos);
            case CallOutcome.NotSent notSent -> {
                if (CallFence.heldBack(notSent)) {
                    lane.circuit.abandoned();
                    lane.heldBack();
                } else {
                    lane.circuit.failed(nowNanos);
                }
            }
            case CallOutcome.Accepted accepted -> {
                lane.circuit.succeeded();
                lane.tokenRejections.forget();
            }
            case CallOutcome.Throttled throttled -> lane.circuit.succeeded();
            case CallOutcome.BudgetSpent spent -> lane.circuit.succeeded();
            case CallOutcome.TokenRejected rejected -> lane.circuit.succeeded();
            case CallOutcome.Unauthorised unauthorised -> lane.circuit.succeeded();
            case CallOutcome.ContentRefused refused -> lane.circuit.succeeded();
            case CallOutcome.RecipientsRefused refused -> lane.circuit.succeeded();
        }
    }
}
