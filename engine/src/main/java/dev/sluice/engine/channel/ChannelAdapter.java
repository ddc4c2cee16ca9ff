package dev.sluice.engine.channel;

import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.quota.LaneGates;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The port between the pipeline and one kind of channel: what a call may hold, which gates it passes, how it is written and what its answer means. Pure: no
 * I/O, no clock but the one passed in, no state; safe from any thread.
 */
public interface ChannelAdapter {
    /** Which kind it speaks for. */
    ChannelKind kind();

    /** The platform's name of the send API: part of gate keys and metrics. */
    String api();

    /** Which of the platform's hosts sends go to, and so which token they carry. */
    ApiFamily family();

    /** Most people in one call, whatever it says; 1 for a channel whose messages have no recipients. */
    int mostPeoplePerCall();

    /** Most people in one call that carries this canonical content: some contents travel to fewer people. Cheap: asked for every batch. */
    default int mostPeople(String content) {
        return mostPeoplePerCall();
    }

    /** Whether deliveries name people; a webhook robot has only its group. */
    boolean hasRecipients();

    /** What is wrong with a recipient's id, found before it is accepted: one that passes travels as one person and as nobody else. */
    Optional<String> recipientFault(String recipient);

    /** Which monthly pool a send draws on. */
    BudgetPool pool();

    /** The gates that a call through the channel passes, from the limits in force. */
    LaneGates gates(ChannelEntry channel);

    /** Everything that is wrong with a content, all at once; empty when it may be sent. */
    List<ContentFault> check(JsonObject content);

    /** The content's one canonical text: equal contents give equal texts. Called only for contents without faults. */
    String canonical(JsonObject content);

    /** How requests carry credentials: whether {@link #request} needs an access token of the app. */
    boolean needsToken();

    /**
     * Writes the call.
     *
     * @param token the app's access token; "" when {@link #needsToken} is false
     * @param nowMillis wall time, for signatures only, never for content
     */
    PlatformRequest request(CallPlan plan, String token, long nowMillis);

    /** Reads the answer. Total: any bytes give an outcome. */
    CallOutcome read(PlatformReply reply, CallPlan plan);

    /** What may be done about a call without an answer. */
    DoubtRule doubt();

    /** How to ask afterwards what became of a call, where the platform can be asked. */
    Optional<ReceiptProtocol> receipts();
}
