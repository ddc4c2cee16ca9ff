package dev.sluice.simulator.http;

import dev.sluice.simulator.clock.PlatformClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What the gateway says before an API is reached: one meaning, three ways to write it. */
public record Refusal(int legacyCode, String legacyText, int status, String code, String text, boolean throttled) {
    private static final String DENIED = "Forbidden.AccessDenied.";
    /** A platform-wide limit ends about a second later (call-frequency-limit, 2026-01-22). */
    private static final long PLATFORM_WAIT_MILLIS = 1_000;

    /** No token in the request (sub_code 40000 and its text: observed). */
    public static Refusal tokenMissing() {
        return denied(40000, "access_token is blank", 400, "AuthenticationFailed.MissingParameter", "缺少access_token");
    }

    /** A token that was never given out or was revoked. */
    public static Refusal tokenInvalid() {
        return denied(40014, "不合法的access_token", 400, "InvalidAuthentication", "不合法的access_token");
    }

    /** A token past its life. */
    public static Refusal tokenExpired(int legacyCode) {
        return denied(legacyCode, "access_token已过期", 400, "InvalidAuthentication", "access_token已过期");
    }

    /** The app lacks a permission point. */
    public static Refusal permission(String scope) {
        String text = "应用尚未开通所需的权限：[" + scope + "]";
        return denied(60011, text, 403, DENIED + "AccessTokenPermissionDenied", text);
    }

    /** The source address is not in the app's allowlist. */
    public static Refusal address(String address, String appKey) {
        String text = "访问ip不在白名单之中,request ip=" + address + ",appKey(" + appKey + ")";
        return denied(60020, text, 403, DENIED + "IpNotInWhiteList", text);
    }

    /** The app's calls per second to this API. */
    public static Refusal appQps(Api api, int limit) {
        String text = "该应用调用该接口超过QPS限制, apiPath(" + api.path() + "), 每秒请求总次数超过 " + limit + " 次";
        return new Refusal(90018, text, 403, DENIED + "QpsLimitForAppkeyAndApi", text, true);
    }

    /** Everybody's calls to this API in a window; the text says from when to when, and when the limit ends (observed). */
    public static Refusal platformQps(Api api, int limit, int windowMillis, long wallMillis) {
        String text = "该接口调用频率超过平台限制, apiPath(%s), 从 %s 到 %s 请求总次数超过 %d 次, 限制将在 %s 结束"
                .formatted(
                        api.path(),
                        PlatformClock.chinaTime(wallMillis - windowMillis),
                        PlatformClock.chinaTime(wallMillis),
                        limit,
                        PlatformClock.chinaTime(wallMillis + PLATFORM_WAIT_MILLIS));
        return new Refusal(90002, text, 403, DENIED + "QpsLimitForApi", text, true);
    }

    /** The organisation's month; the text names what is used and the quota (its wording is unconfirmed). */
    public static Refusal orgBudget(long used, long quota, int status) {
        String text = "企业本月API调用量已超出限制, 已使用 " + used + " 次, 总配额 " + quota + " 次";
        return denied(90020, text, status, DENIED + "ApiCountLimitForOrg", text);
    }

    private static Refusal denied(int legacyCode, String legacyText, int status, String code, String text) {
        return new Refusal(legacyCode, legacyText, status, code, text, false);
    }

    /** The answer as this family writes it. */
    public Reply reply(Api.Family family) {
        return switch (family) {
            case TOPAPI -> new Reply(200, wrapped(), null, Integer.toString(legacyCode), throttled);
            case OAPI_PLAIN -> plain();
            case V1 -> new Reply(status, modern(), null, code, throttled);
        };
    }

    /** The older family's answer without the 88 wrapper. */
    public Reply plain() {
        JsonObject body = new JsonObject().put("errcode", legacyCode).put("errmsg", legacyText);
        return new Reply(200, body, null, Integer.toString(legacyCode), throttled);
    }

    private JsonObject wrapped() {
        return new JsonObject()
                .put("errcode", 88)
                .put("sub_code", Integer.toString(legacyCode))
                .put("sub_msg", legacyText)
                .put("errmsg", "ding talk error[subcode=" + legacyCode + ",submsg=" + legacyText + "]");
    }

    private JsonObject modern() {
        JsonObject body = new JsonObject().put("code", code).put("message", text);
        if (code.endsWith("PermissionDenied")) {
            String scope = text.substring(text.indexOf('[') + 1, text.indexOf(']'));
            body.put("accessdenieddetail", new JsonObject().put("requiredScopes", new JsonArray().add(scope)));
        }
        return body;
    }
}
