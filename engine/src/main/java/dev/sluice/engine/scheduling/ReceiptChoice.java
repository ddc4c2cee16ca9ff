package dev.sluice.engine.scheduling;

import dev.sluice.engine.model.ReceiptPolicy;

/** After which accepted calls the platform is asked what became of them. */
final class ReceiptChoice {
    private ReceiptChoice() {}

    /** By the channel's policy; the sample is drawn from the call's id, so that it is the same after a crash. Pure. */
    static boolean wanted(ReceiptPolicy policy, int samplePercent, long callId) {
        return switch (policy) {
            case ALL -> true;
            case SAMPLE -> Math.floorMod(Long.hashCode(callId * 0x9E3779B97F4A7C15L), 100) < samplePercent;
            case NONE -> false;
        };
    }
}
