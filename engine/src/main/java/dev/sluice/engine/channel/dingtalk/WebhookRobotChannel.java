package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.CallOutcome;
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
import dev.sluice.engine.quota.LaneGates;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A custom robot in a group, addressed by its webhook: errors inside HTTP 200, 20 messages a minute and then ten minutes of silence, and {@code msgUuid} by which
 * the platform recognises a repeat (custom-robots-send-group-messages, 2026-07-14).
 */
public final class WebhookRobotChannel implements ChannelAdapter {
    private static final String API = "robot/send";
    private static final String ACCESS_TOKEN = "accessToken";
    private static final String SIGN_SECRET = "signSecret";

    private final AdapterOptions options;

    /** @param options what the platform leaves open */
    public WebhookRobotChannel(AdapterOptions options) {
        this.options = options;
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.DINGTALK_WEBHOOK;
    }

    @Override
    public String api() {
        return API;
    }

    @Override
    public ApiFamily family() {
        return ApiFamily.DINGTALK_OAPI;
    }

    @Override
    public int mostPeoplePerCall() {
        return 1;
    }

    @Override
    public boolean hasRecipients() {
        return false;
    }

    @Override
    public Optional<String> recipientFault(String recipient) {
        return recipient.isEmpty()
                ? Optional.empty()
                : Optional.of("Must be left out: a webhook robot speaks to its group.");
    }

    @Override
    public BudgetPool pool() {
        return BudgetPool.WEBHOOK;
    }

    @Override
    public LaneGates gates(ChannelEntry channel) {
        return new LaneGates(
                DingTalkGates.of(channel.app(), options)
                        .messagesPerMinute()
                        .callsPerAddress()
                        .slots(),
                Optional.empty());
    }

    @Override
    public List<ContentFault> check(JsonObject content) {
        return WebhookContent.check(content);
    }

    @Override
    public String canonical(JsonObject content) {
        return CanonicalJson.of(content);
    }

    @Override
    public boolean needsToken() {
        return false;
    }

    @Override
    public PlatformRequest request(CallPlan plan, String token, long nowMillis) {
        Map<String, String> secrets = plan.channel().app().secrets();
        String accessToken = secrets.getOrDefault(ACCESS_TOKEN, "");
        String signSecret = secrets.getOrDefault(SIGN_SECRET, "");
        Map<String, String> query = signSecret.isEmpty()
                ? Map.of("access_token", accessToken)
                : Map.of(
                        "access_token",
                        accessToken,
                        "timestamp",
                        Long.toString(nowMillis),
                        "sign",
                        WebhookSignature.of(signSecret, nowMillis));
        StringBuilder body = new StringBuilder(plan.content().length() + 64).append("{\"msgUuid\":");
        CanonicalJson.quote(body, plan.idempotencyKey());
        // A canonical content has at least its msgtype, so a comma follows.
        body.append(',').append(plan.content(), 1, plan.content().length());
        return new PlatformRequest(
                ApiFamily.DINGTALK_OAPI, HttpMethod.POST, "/" + API, query, Map.of(), Buffer.buffer(body.toString()));
    }

    @Override
    public CallOutcome read(PlatformReply reply, CallPlan plan) {
        return ReplyReading.legacy(reply, DingTalkCodes.FOR_WEBHOOKS, body -> new CallOutcome.Accepted("", List.of()));
    }

    @Override
    public DoubtRule doubt() {
        return new DoubtRule.ResendWithKey(Duration.ofMillis(options.msgUuidMillis()));
    }

    @Override
    public Optional<ReceiptProtocol> receipts() {
        return Optional.empty();
    }
}
