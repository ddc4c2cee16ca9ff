package dev.sluice.engine.channel;

import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.quota.SlotGate;
import java.util.List;

/** Asking a platform what became of an accepted call. Pure, like the adapter. */
public interface ReceiptProtocol {
    /** The platform's name of the query API: it has its own QPS gate. */
    String api();

    /** The gates that a query passes: its own QPS gate, and the egress address it shares with everybody. */
    List<SlotGate> gates(ChannelEntry channel);

    /** How long after the call the first query makes sense. */
    long firstAskAfterMillis();

    /** How long after the call the platform still answers. */
    long answersForMillis();

    /** Whether a query draws on the month budget. */
    boolean metered();

    /** Writes the query. */
    PlatformRequest request(ChannelEntry channel, String platformRef, String token);

    /** Reads its answer. Total: any bytes give a result. */
    ReceiptResult read(PlatformReply reply);

    /** What a query came to. */
    sealed interface ReceiptResult {
        /**
         * The platform says who got it. Nobody is in both lists; whoever is in neither is not known yet.
         *
         * @param delivered who has it, read or not
         * @param dropped who has not, and why
         */
        record Complete(List<String> delivered, List<Dropped> dropped) implements ReceiptResult {}

        /** The platform is still at it: ask again later. */
        record Pending() implements ReceiptResult {}

        /**
         * The query itself failed, in one of the ways in which any call can.
         *
         * @param outcome which
         */
        record Failed(CallOutcome outcome) implements ReceiptResult {}

        /**
         * The platform will not tell any more (window passed, too many recipients).
         *
         * @param code what it said
         */
        record Gone(PlatformCode code) implements ReceiptResult {}
    }

    /**
     * Somebody who did not get it although the call was accepted.
     *
     * @param recipient who
     * @param disposition why
     * @param code the platform's code, verbatim
     */
    record Dropped(String recipient, Disposition disposition, String code) {}
}
