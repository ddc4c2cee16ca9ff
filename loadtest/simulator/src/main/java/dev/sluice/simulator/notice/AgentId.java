package dev.sluice.simulator.notice;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.http.OapiParams;
import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;

/** The agent id that every call about work notices carries (codes: server-api-error-codes-1, 2026-05-06). */
final class AgentId {
    private AgentId() {}

    static void check(OapiParams params, App caller, Directory directory) {
        String text = params.text("agent_id");
        if (text == null) {
            throw error(41011, "缺少agentid");
        }
        long agentId;
        try {
            agentId = Long.parseLong(text);
        } catch (NumberFormatException notNumeric) {
            throw error(40056, "不合法的agentid");
        }
        if (agentId != caller.agentId()) {
            boolean elsewhere = directory.apps().stream().anyMatch(app -> app.agentId() == agentId);
            throw elsewhere ? error(70004, "agentid不属于该企业应用") : error(70003, "agentid不存在");
        }
    }

    private static RefusedException error(int code, String message) {
        return new RefusedException(Reply.oapiError(code, message));
    }
}
