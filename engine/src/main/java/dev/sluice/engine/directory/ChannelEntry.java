package dev.sluice.engine.directory;

import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.model.ReceiptPolicy;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.OptionalInt;

/**
 * A channel as every node has it in memory.
 *
 * @param id the channel
 * @param tenantId its owner
 * @param tenantActive whether the owner may send
 * @param tenantWeight the owner's share of a node's calls in flight beside that of others, 1 to 1,000
 * @param name unique within the tenant
 * @param kind which protocol it speaks
 * @param app whose credentials and quota it uses
 * @param paused whether its lane holds everything back
 * @param pauseReason why, for people; "" when not paused
 * @param onDoubt what to do where the platform recognises no repeat
 * @param receipts which calls are asked after
 * @param receiptSamplePercent 1 to 100, for {@link ReceiptPolicy#SAMPLE}
 * @param reservePercent share of people-a-minute and month that bulk never takes
 * @param quietHours when all but critical waits; null for never
 * @param peopleForcedPerCall a smaller batch than the platform allows, if set
 */
public record ChannelEntry(
        long id,
        long tenantId,
        boolean tenantActive,
        int tenantWeight,
        String name,
        ChannelKind kind,
        AppEntry app,
        boolean paused,
        String pauseReason,
        OnDoubt onDoubt,
        ReceiptPolicy receipts,
        int receiptSamplePercent,
        int reservePercent,
        QuietHours quietHours,
        OptionalInt peopleForcedPerCall) {

    /**
     * Hours of a day in which all but critical traffic waits. May span midnight.
     *
     * @param from first quiet minute
     * @param until first minute that is not quiet any more
     * @param zone where those hours are counted
     */
    public record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {}
}
