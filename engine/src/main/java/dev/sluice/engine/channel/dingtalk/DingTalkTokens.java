package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.TokenProtocol;
import dev.sluice.engine.channel.content.CanonicalJson;
import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.quota.SlotGate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Access tokens of internal apps. Each family has its endpoint: {@code /gettoken} (obtain-orgapp-token, 2026-07-22) and {@code /v1.0/oauth2/accessToken}
 * (obtain-the-access-token-of-an-internal-app, 2026-04-29). In practice a token of one serves both; no page says so, so each family's calls carry one of its own.
 */
public final class DingTalkTokens implements TokenProtocol {
    private static final String SECRET = "appSecret";
    /** No token is relied on for longer, whatever the platform says: it lives for two hours, and times are reckoned with what is said. */
    private static final long MOST_SECONDS = 86_400;

    private final ApiFamily endpoint;
    private final AdapterOptions options;

    /**
     * @param endpoint whose token endpoint is asked
     * @param options behind which address
     */
    public DingTalkTokens(ApiFamily endpoint, AdapterOptions options) {
        this.endpoint = endpoint;
        this.options = options;
    }

    @Override
    public List<SlotGate> gates(AppEntry app) {
        return DingTalkGates.of(app, options).callsPerAddress().slots();
    }

    @Override
    public PlatformRequest request(AppEntry app) {
        String secret = app.secrets().getOrDefault(SECRET, "");
        return switch (endpoint) {
            case DINGTALK_OAPI ->
                new PlatformRequest(
                        endpoint,
                        HttpMethod.GET,
                        "/gettoken",
                        Map.of("appkey", app.appKey(), "appsecret", secret),
                        Map.of(),
                        null);
            case DINGTALK_API ->
                new PlatformRequest(
                        endpoint,
                        HttpMethod.POST,
                        "/v1.0/oauth2/accessToken",
                        Map.of(),
                        Map.of(),
                        Buffer.buffer(CanonicalJson.of(
                                new JsonObject().put("appKey", app.appKey()).put("appSecret", secret))));
        };
    }

    @Override
    public TokenReply read(PlatformReply reply) {
        return reply.object()
                .filter(body -> reply.status() == 200)
                .flatMap(this::granted)
                .orElseGet(() -> notGranted(reply));
    }

    private Optional<TokenReply> granted(JsonObject body) {
        boolean isLegacy = endpoint == ApiFamily.DINGTALK_OAPI;
        Object token = body.getValue(isLegacy ? "access_token" : "accessToken");
        Object life = body.getValue(isLegacy ? "expires_in" : "expireIn");
        long seconds = seconds(life);
        return token instanceof String text && !text.isBlank() && seconds > 0
                ? Optional.of(new TokenReply.Granted(text, seconds))
                : Optional.empty();
    }

    /** The platform writes numbers with and without quotes; 0 for what is none. */
    private static long seconds(Object life) {
        long said = switch (life) {
            case null -> 0;
            case Number number -> number.longValue();
            case String text -> text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
            default -> 0;
        };
        return Math.min(said, MOST_SECONDS);
    }

    private TokenReply notGranted(PlatformReply reply) {
        CallOutcome.Unknown noToken = new CallOutcome.Unknown("the token endpoint's answer holds no token");
        CallOutcome outcome = switch (endpoint) {
            case DINGTALK_OAPI -> ReplyReading.legacy(reply, DingTalkCodes.FOR_WORK_NOTICES, body -> noToken);
            case DINGTALK_API -> ReplyReading.modern(reply, DingTalkCodes.FOR_ROBOTS, body -> Optional.empty());
        };
        return switch (outcome) {
            case CallOutcome.Unauthorised refused -> new TokenReply.Refused(refused);
            // Here no token is stale and no content wrong: what the platform refuses is the key or the secret.
            case CallOutcome.TokenRejected refused -> refused(refused.code());
            case CallOutcome.ContentRefused refused -> refused(refused.code());
            case CallOutcome.RecipientsRefused refused -> refused(refused.code());
            case CallOutcome.Throttled throttled -> failed(throttled.code());
            case CallOutcome.BudgetSpent spent -> failed(spent.code());
            case CallOutcome.Temporary temporary -> failed(temporary.code());
            case CallOutcome.Unknown unknown -> new TokenReply.Failed(unknown.reason());
            case CallOutcome.NotSent notSent -> new TokenReply.Failed(notSent.reason());
            case CallOutcome.Accepted accepted -> new TokenReply.Failed(noToken.reason());
        };
    }

    private static TokenReply refused(PlatformCode code) {
        return new TokenReply.Refused(new CallOutcome.Unauthorised(DingTalkCodes.CREDENTIALS.advice(), code));
    }

    private static TokenReply failed(PlatformCode code) {
        return new TokenReply.Failed("the token endpoint answered with code " + code.code());
    }
}
