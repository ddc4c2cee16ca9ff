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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work notices (工作通知) by {@code asyncsend_v2}. The platform takes nearly everything and drops in silence what is over a limit, so the limits are ours to hold and
 * the result is asked for afterwards (asynchronous-sending-of-enterprise-session-messages, 2026-05-29).
 */
public final class WorkNoticeChannel implements ChannelAdapter {
    static final String PATH = "/topapi/message/corpconversation/";
    private static final String API = "asyncsend_v2";
    /** The page says 100, the SDK's own check 5,000; results can be asked for calls of at most 100 people only. */
    private static final int MOST_PEOPLE = 100;
    /** A status bar refuses more, loudly (faq-robot, 2026-08-04). */
    private static final int MOST_PEOPLE_WITH_STATUS_BAR = 5;

    private final AdapterOptions options;
    private final ReceiptProtocol receipts;

    /** @param options what the platform leaves open */
    public WorkNoticeChannel(AdapterOptions options) {
        this.options = options;
        this.receipts = new WorkNoticeReceipts(options);
    }

    @Override
    public ChannelKind kind() {
        return ChannelKind.DINGTALK_WORK;
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
        return MOST_PEOPLE;
    }

    @Override
    public int mostPeople(String content) {
        return WorkNoticeContent.hasStatusBar(content) ? MOST_PEOPLE_WITH_STATUS_BAR : MOST_PEOPLE;
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
        DingTalkGates gates = DingTalkGates.of(channel.app(), options)
                .callsPerSecond(API)
                .peoplePerMinute(API)
                .callsPerAddress();
        return new LaneGates(gates.slots(), gates.peopleRule(API));
    }

    @Override
    public List<ContentFault> check(JsonObject content) {
        return WorkNoticeContent.check(content);
    }

    @Override
    public String canonical(JsonObject content) {
        return CanonicalJson.of(content);
    }

    @Override
    public boolean needsToken() {
        return true;
    }

    @Override
    public PlatformRequest request(CallPlan plan, String token, long nowMillis) {
        StringBuilder body = new StringBuilder(
                plan.content().length() + 64 + 24 * plan.recipients().size());
        body.append("{\"agent_id\":").append(plan.channel().app().agentId());
        body.append(",\"msg\":").append(plan.content());
        body.append(",\"to_all_user\":false,\"userid_list\":");
        CanonicalJson.quote(body, String.join(",", plan.recipients()));
        body.append('}');
        return call(API, token, Buffer.buffer(body.toString()));
    }

    static PlatformRequest call(String api, String token, Buffer body) {
        return new PlatformRequest(
                ApiFamily.DINGTALK_OAPI, HttpMethod.POST, PATH + api, Map.of("access_token", token), Map.of(), body);
    }

    @Override
    public CallOutcome read(PlatformReply reply, CallPlan plan) {
        return ReplyReading.legacy(reply, DingTalkCodes.FOR_WORK_NOTICES, WorkNoticeChannel::accepted);
    }

    private static CallOutcome accepted(JsonObject body) {
        Object taskId = body.getValue("task_id");
        String reference = taskId instanceof Number || taskId instanceof String ? taskId.toString() : "";
        return new CallOutcome.Accepted(reference, List.of());
    }

    @Override
    public DoubtRule doubt() {
        return DoubtRule.RESEND_AND_QUERY;
    }

    @Override
    public Optional<ReceiptProtocol> receipts() {
        return Optional.of(receipts);
    }
}
