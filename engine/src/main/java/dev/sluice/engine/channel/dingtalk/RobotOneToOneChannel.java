package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.RefusedRecipient;
import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.ContentFault;
import dev.sluice.engine.channel.DoubtRule;
import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.channel.content.CanonicalJson;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.BudgetPool;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.quota.LaneGates;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One-to-one messages of an enterprise robot by {@code oToMessages/batchSend}: partial failure inside a success, and nothing by which the platform recognises a
 * repeat (chatbots-send-one-on-one-chat-messages-in-batches, 2026-04-22).
 */
public final class RobotOneToOneChannel implements ChannelAdapter {
    private static final String API = "oToMessages/batchSend";
    private static final String INVALID = "invalidStaffIdList";
    private static final String FLOW_CONTROLLED = "flowControlledStaffIdList";
    /** In the Go SDK's model only; its meaning is not published, so its people count as failed. */
    private static final String FILTERED = "filteredStaffIdList";

    private final AdapterOptions options;

    /** @param options what the platform leaves open */
    public RobotOneToOneChannel(AdapterOptions options) {
        this.options = options;
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.DINGTALK_ROBOT;
    }

    @Override
    public String api() {
        return API;
    }

    @Override
    public ApiFamily family() {
        return ApiFamily.DINGTALK_API;
    }

    @Override
    public int mostPeoplePerCall() {
        return options.robotPeoplePerCall();
    }

    @Override
    public boolean hasRecipients() {
        return true;
    }

    @Override
    public Optional<String> recipientFault(String recipient) {
        return RecipientIds.fault(recipient);
    }

    @Override
    public BudgetPool pool() {
        return BudgetPool.API;
    }

    @Override
    public LaneGates gates(ChannelEntry channel) {
        return new LaneGates(
                DingTalkGates.of(channel.app(), options)
                        .callsPerSecond(API)
                        .callsPerAddress()
                        .slots(),
                Optional.empty());
    }

    @Override
    public List<ContentFault> check(JsonObject content) {
        return RobotContent.check(content, options.robotParamBytes());
    }

    @Override
    public String canonical(JsonObject content) {
        return RobotContent.canonical(content);
    }

    @Override
    public boolean needsToken() {
        return true;
    }

    @Override
    public PlatformRequest request(CallPlan plan, String token, long nowMillis) {
        StringBuilder body = new StringBuilder(
                plan.content().length() + 96 + 24 * plan.recipients().size());
        body.append("{\"msgKey\":");
        CanonicalJson.quote(body, RobotContent.key(plan.content()));
        body.append(",\"msgParam\":");
        CanonicalJson.quote(body, RobotContent.param(plan.content()));
        body.append(",\"robotCode\":");
        CanonicalJson.quote(body, plan.channel().app().robotCode());
        body.append(",\"userIds\":[");
        for (int i = 0; i < plan.recipients().size(); i++) {
            if (i > 0) {
                body.append(',');
            }
            CanonicalJson.quote(body, plan.recipients().get(i));
        }
        body.append("]}");
        return new PlatformRequest(
                ApiFamily.DINGTALK_API,
                HttpMethod.POST,
                "/v1.0/robot/" + API,
                Map.of(),
                Map.of("x-acs-dingtalk-access-token", token),
                Buffer.buffer(body.toString()));
    }

    @Override
    public CallOutcome read(PlatformReply reply, CallPlan plan) {
        return ReplyReading.modern(reply, DingTalkCodes.FOR_ROBOTS, body -> accepted(body, plan));
    }

    private static Optional<CallOutcome> accepted(JsonObject body, CallPlan plan) {
        boolean isAnswer = body.getValue("processQueryKey") instanceof String
                || body.getValue(INVALID) instanceof JsonArray
                || body.getValue(FLOW_CONTROLLED) instanceof JsonArray
                || body.getValue(FILTERED) instanceof JsonArray;
        if (!isAnswer) {
            return Optional.empty();
        }
        String reference = body.getValue("processQueryKey") instanceof String key ? key : "";
        return Optional.of(new CallOutcome.Accepted(reference, refused(body, Set.copyOf(plan.recipients()))));
    }

    /** Who was left out, each once; final reasons win over flow control, so that nobody is tried again in vain. */
    private static List<RefusedRecipient> refused(JsonObject body, Set<String> recipients) {
        Map<String, RefusedRecipient> refused = new LinkedHashMap<>();
        add(refused, body, INVALID, Disposition.INVALID_RECIPIENT, false);
        add(refused, body, FILTERED, Disposition.DELIVERY_FAILED, false);
        add(refused, body, FLOW_CONTROLLED, Disposition.DELIVERY_FAILED, true);
        refused.keySet().retainAll(recipients);
        return List.copyOf(refused.values());
    }

    private static void add(
            Map<String, RefusedRecipient> refused, JsonObject body, String list, Disposition why, boolean retryable) {
        if (body.getValue(list) instanceof JsonArray names) {
            for (Object name : names) {
                if (name instanceof String userid) {
                    refused.putIfAbsent(userid, new RefusedRecipient(userid, why, retryable, list));
                }
            }
        }
    }

    @Override
    public DoubtRule doubt() {
        return DoubtRule.HOLD_OR_RETRY;
    }

    @Override
    public Optional<ReceiptProtocol> receipts() {
        return Optional.of(new RobotReceipts(options));
    }
}
