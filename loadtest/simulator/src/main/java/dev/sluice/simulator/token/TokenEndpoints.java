package dev.sluice.simulator.token;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.http.Call;
import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;
import dev.sluice.simulator.http.V1Body;
import dev.sluice.simulator.settings.LimitSettings;
import io.vertx.core.json.JsonObject;

/** The three ways to get a token. Credentials are read first, so that the gateway can count the call for its app. */
public final class TokenEndpoints {
    private final Directory directory;
    private final Tokens tokens;
    private final LimitSettings settings;

    public TokenEndpoints(Directory directory, Tokens tokens, LimitSettings settings) {
        this.directory = directory;
        this.tokens = tokens;
        this.settings = settings;
    }

    /**
     * The app whose credentials the call shows.
     *
     * @throws RefusedException if they are wrong
     */
    public App credentials(Call call) {
        return switch (call.api()) {
            case GETTOKEN -> queryCredentials(call);
            case ACCESS_TOKEN -> bodyCredentials(call);
            default -> clientCredentials(call);
        };
    }

    private App queryCredentials(Call call) {
        String key = call.queryParam("appkey");
        String secret = call.queryParam("appsecret");
        if (key == null || secret == null) {
            throw new RefusedException(Reply.oapiError(40035, "缺少参数 corpid or appkey"));
        }
        return checked(key, secret, Reply.oapiError(40096, "不合法的appKey或appSecret"));
    }

    private App bodyCredentials(Call call) {
        V1Body body = V1Body.of(call);
        String key = body.requiredText("appKey", "MissingappKey");
        String secret = body.requiredText("appSecret", "MissingappSecret");
        return checked(key, secret, Reply.v1Error(400, "invalidClientIdOrSecret", "无效的clientId或者clientSecret"));
    }

    private App clientCredentials(Call call) {
        V1Body body = V1Body.of(call);
        Reply invalid = Reply.v1Error(400, "invalid.client", "client_id or client_secret is wrong");
        App app = checked(
                body.requiredText("client_id", "Missingclient_id"),
                body.requiredText("client_secret", "Missingclient_secret"),
                invalid);
        if (!"client_credentials".equals(body.text("grant_type"))) {
            throw new RefusedException(Reply.v1Error(400, "unsupported.grant.type", "grant_type is not supported"));
        }
        String corpId =
                call.path().substring("/v1.0/oauth2/".length(), call.path().length() - "/token".length());
        if (!corpId.equals(app.corpId())) {
            throw new RefusedException(Reply.v1Error(500, "unknownError", "未知错误"));
        }
        return app;
    }

    private App checked(String key, String secret, Reply otherwise) {
        App app = directory.app(key);
        if (app == null || !app.appSecret().equals(secret)) {
            throw new RefusedException(otherwise);
        }
        return app;
    }

    /** Gives the token out. */
    public Reply issue(Call call, App app) {
        var limits = settings.current().token();
        Tokens.Grant grant = tokens.issue(app, limits, call.wallMillis());
        long life = limits.refetchReportsRemainder()
                ? (grant.expiresAtMillis() - call.wallMillis()) / 1000
                : limits.lifeSeconds();
        return switch (call.api()) {
            case GETTOKEN ->
                Reply.oapi(new JsonObject().put("access_token", grant.token()).put("expires_in", life));
            case ACCESS_TOKEN ->
                Reply.v1(new JsonObject().put("accessToken", grant.token()).put("expireIn", life));
            default ->
                Reply.v1(new JsonObject().put("access_token", grant.token()).put("expires_in", life));
        };
    }
}
