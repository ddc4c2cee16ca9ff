package dev.sluice.simulator.webhook;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.http.Call;
import dev.sluice.simulator.http.Endpoint;
import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;
import dev.sluice.simulator.http.VisibleText;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import dev.sluice.simulator.limit.MonthMeter;
import dev.sluice.simulator.limit.MonthMeter.Pool;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.settings.Limits;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** {@code /robot/send}: every failure inside HTTP 200. Owned by the event loop. */
public final class Webhooks implements Endpoint {
    private final Directory directory;
    private final LimitSettings settings;
    private final MonthMeter month;
    private final Map<String, RobotState> states = new HashMap<>();

    private static final class RobotState {
        private final WebhookThrottle throttle = new WebhookThrottle();
        private final SeenUuids uuids = new SeenUuids();
    }

    public Webhooks(Directory directory, LimitSettings settings, MonthMeter month) {
        this.directory = directory;
        this.settings = settings;
        this.month = month;
    }

    @Override
    public Reply answer(Call call, App caller, CallDraft draft) {
        Limits limits = settings.current();
        WebhookRobot robot = robot(call, limits);
        draft.setCorpId(robot.corpId());
        checkForm(call, limits.webhook());
        WebhookMessage message = WebhookMessage.of(call.body().toString());
        String fault = WebhookSecurity.fault(
                call, robot, message.content(), limits.webhook().signatureSkewMillis());
        if (fault != null) {
            throw WebhookMessage.error(310000, fault);
        }
        if (VisibleText.containsAny(message.content(), limits.webhook().prohibited())) {
            throw WebhookMessage.error(430102, "文本内容违规");
        }
        return deliver(call, robot, message, limits, draft);
    }

    private WebhookRobot robot(Call call, Limits limits) {
        if (!call.method().equals("POST")) {
            throw WebhookMessage.error(43002, "需要POST请求");
        }
        String token = call.queryParam("access_token");
        if (token == null || token.isBlank()) {
            throw WebhookMessage.error(40035, "缺少参数 access_token");
        }
        WebhookRobot robot = directory.robot(token);
        if (robot == null) {
            throw WebhookMessage.error(limits.codes().webhookUnknown(), "token is not exist");
        }
        return robot;
    }

    private static void checkForm(Call call, Limits.Webhook limits) {
        if (!call.isJson()) {
            throw WebhookMessage.error(43004, "无效的HTTP HEADER Content-Type");
        }
        if (call.body().length() > limits.messageBytes()) {
            throw WebhookMessage.error(460101, "message too long, exceed " + limits.messageBytes() + " bytes");
        }
    }

    private Reply deliver(Call call, WebhookRobot robot, WebhookMessage message, Limits limits, CallDraft draft) {
        RobotState state = states.computeIfAbsent(robot.accessToken(), token -> new RobotState());
        draft.setContentHash(message.hash());
        if (state.uuids.isRepeat(
                message.uuid(), call.wallMillis(), limits.webhook().uuidLifeMillis())) {
            return Reply.oapi(new JsonObject());
        }
        int refusal = state.throttle.admit(call.wallMillis(), limits);
        if (refusal != 0) {
            throw tooFast(refusal, limits.webhook());
        }
        spend(robot, limits);
        state.uuids.remember(message.uuid(), call.wallMillis());
        int group = directory.organisation(robot.corpId()).people().indexOf(robot.recipient());
        draft.addRecipient(group, Verdict.SHOWN);
        return Reply.oapi(new JsonObject());
    }

    private static RefusedException tooFast(int code, Limits.Webhook limits) {
        String text = "send too fast, exceed " + limits.messagesPerMinute() + " times per minute";
        return new RefusedException(Reply.oapiError(code, text).asThrottled());
    }

    private void spend(WebhookRobot robot, Limits limits) {
        String corpId = robot.corpId();
        long quota = limits.tier(directory.organisation(corpId).tier()).webhooksPerMonth();
        long graceMillis = Duration.ofHours(limits.month().graceHours()).toMillis();
        if (limits.month().enforced() && month.isExhausted(corpId, Pool.WEBHOOK, quota, graceMillis)) {
            throw WebhookMessage.error(limits.codes().webhookBudget(), "webhook over limit");
        }
        month.spend(corpId, Pool.WEBHOOK, 1);
    }

    /** Forgets penalties and message ids. */
    public void clear() {
        states.clear();
    }
}
