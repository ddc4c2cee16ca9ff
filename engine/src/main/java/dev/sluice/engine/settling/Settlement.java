package dev.sluice.engine.settling;

import java.util.List;

/**
 * Everything that one call, or one decision without a call, changes; written in one transaction with others.
 *
 * @param appId whose lease fences it
 * @param epoch under which lease
 * @param answers calls that ended
 * @param changes deliveries that change
 * @param progress how far submissions are settled
 */
public record Settlement(
        long appId, long epoch, List<CallAnswer> answers, List<DeliveryChange> changes, List<Progress> progress) {
    public Settlement {
        answers = List.copyOf(answers);
        changes = List.copyOf(changes);
        progress = List.copyOf(progress);
    }

    /**
     * How far a submission is settled.
     *
     * @param tenantId owner
     * @param submissionId which
     * @param knownBelow what the row said when we last knew; when it says less, somebody opened it again and it stays as it is
     * @param settledBelow every delivery with a smaller ordinal is settled
     */
    public record Progress(long tenantId, long submissionId, int knownBelow, int settledBelow) {}
}
