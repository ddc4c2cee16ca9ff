package dev.sluice.simulator.http;

import dev.sluice.simulator.settings.Limits;
import io.vertx.core.json.JsonObject;

/** The three ways in which the platform says that there is no such API. */
final class UnknownPath {
    private UnknownPath() {}

    static Reply answer(Call call, Limits.Codes codes) {
        if (call.path().startsWith("/v1.0/")) {
            return Reply.v1Error(
                    404, codes.unknownPath(), "Specified api is not found, please check your url and method.");
        }
        if (call.path().startsWith("/topapi/")) {
            String name = "dingtalk.oapi."
                    + call.path().substring("/topapi/".length()).replace('/', '.');
            String reason = "不合法ApiName，ApiName = " + name;
            JsonObject body = new JsonObject()
                    .put("errcode", 22)
                    .put("sub_msg", reason)
                    .put("errmsg", "Invalid method[submsg=" + reason + "]");
            return new Reply(200, body, null, "22", false);
        }
        return Reply.oapiError(404, "请求的URI地址不存在");
    }
}
