package dev.sluice.engine.ingestion;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.ContentFault;
import dev.sluice.engine.channel.DoubtRule;
import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.quota.LaneGates;
import dev.sluice.engine.quota.SlotGate;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** An adapter that takes any content with a text, and breaks down at one with a {@code fault}; it never sends. */
record PlainAdapter(ChannelKind kind) implements ChannelAdapter {
    @Override
    public PlatformRequest.ApiFamily family() {
        return PlatformRequest.ApiFamily.DINGTALK_OAPI;
    }

    @Override
    public String api() {
        return "plain";
    }

    @Override
    public int mostPeoplePerCall() {
        return 100;
    }

    @Override
    public boolean hasRecipients() {
        return kind != ChannelKind.DINGTALK_WEBHOOK;
    }

    @Override
    public Optional<String> recipientFault(String recipient) {
        return recipient.equals("nobody") ? Optional.of("Nobody is not a person.") : Optional.empty();
    }

    @Override
    public BudgetPool pool() {
        return BudgetPool.API;
    }

    @Override
    public LaneGates gates(ChannelEntry channel) {
        return new LaneGates(List.of(new SlotGate("app:1", "people-per-minute", 100, 60_000, true)), Optional.empty());
    }

    @Override
    public List<ContentFault> check(JsonObject content) {
        if (content.containsKey("fault")) {
            throw new IllegalStateException("a fault of ours");
        }
        return content.getValue("text") instanceof JsonObject
                ? List.of()
                : List.of(new ContentFault("/text", "Is required."));
    }

    @Override
    public String canonical(JsonObject content) {
        return content.encode();
    }

    @Override
    public boolean needsToken() {
        return true;
    }

    @Override
    public PlatformRequest request(CallPlan plan, String token, long nowMillis) {
        throw new UnsupportedOperationException("never sends");
    }

    @Override
    public CallOutcome read(PlatformReply reply, CallPlan plan) {
        throw new UnsupportedOperationException("never sends");
    }

    @Override
    public DoubtRule doubt() {
        return DoubtRule.RESEND_AND_QUERY;
    }

    @Override
    public Optional<ReceiptProtocol> receipts() {
        return Optional.empty();
    }
}
