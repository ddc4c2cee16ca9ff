package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.channel.content.CanonicalJson;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.Disposition;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who got a work notice, by {@code getsendresult} (gets-the-result-of-sending-messages-asynchronously-to-the-enterprise, 2026-07-13). {@code getsendprogress} is not
 * asked first: it costs a metered call of its own and the result of an unfinished task says the same by naming nobody.
 */
final class WorkNoticeReceipts extends DingTalkReceipts {
    private static final String API = "getsendresult";
    /** The task is unknown, or its window has passed: which code says so is not published. */
    private static final Set<String> GONE = Set.of("400002", "40035", "41052");

    WorkNoticeReceipts(AdapterOptions options) {
        super(API, options);
    }

    @Override
    public PlatformRequest request(ChannelEntry channel, String platformRef, String token) {
        StringBuilder body = new StringBuilder("{\"agent_id\":")
                .append(channel.app().agentId())
                .append(",\"task_id\":");
        CanonicalJson.quote(body, platformRef);
        body.append('}');
        return WorkNoticeChannel.call(API, token, Buffer.buffer(body.toString()));
    }

    @Override
    public ReceiptResult read(PlatformReply reply) {
        Optional<Said> said = reply.object().map(Said::of);
        if (said.isPresent() && GONE.contains(said.get().code())) {
            return new ReceiptResult.Gone(said.get().platformCode());
        }
        CallOutcome outcome = ReplyReading.legacy(
                reply, DingTalkCodes.FOR_WORK_NOTICES, body -> new CallOutcome.Accepted("", List.of()));
        return outcome instanceof CallOutcome.Accepted && said.isPresent()
                ? result(said.get().body())
                : new ReceiptResult.Failed(outcome);
    }

    private static ReceiptResult result(JsonObject body) {
        if (!(body.getValue("send_result") instanceof JsonObject result)) {
            return new ReceiptResult.Pending();
        }
        Map<String, Dropped> dropped = dropped(result);
        Set<String> delivered = new LinkedHashSet<>(names(result, "read_user_id_list"));
        delivered.addAll(names(result, "unread_user_id_list"));
        // A drop is never shown as delivered, whatever else the lists say.
        delivered.removeAll(dropped.keySet());
        return delivered.isEmpty() && dropped.isEmpty()
                ? new ReceiptResult.Pending()
                : new ReceiptResult.Complete(List.copyOf(delivered), List.copyOf(dropped.values()));
    }

    /** Who is missing, by the most telling of the lists that name them. */
    private static Map<String, Dropped> dropped(JsonObject result) {
        Map<String, Dropped> dropped = new LinkedHashMap<>();
        for (Object entry : array(result, "forbidden_list")) {
            if (entry instanceof JsonObject forbidden && forbidden.getValue("userid") instanceof String userid) {
                String code = String.valueOf(forbidden.getValue("code"));
                Disposition why = DingTalkCodes.FORBIDDEN.getOrDefault(code, Disposition.REFUSED_OTHERWISE);
                dropped.putIfAbsent(userid, new Dropped(userid, why, code));
            }
        }
        addAll(dropped, result, "invalid_user_id_list", Disposition.INVALID_RECIPIENT);
        addAll(dropped, result, "failed_user_id_list", Disposition.DELIVERY_FAILED);
        addAll(dropped, result, "forbidden_user_id_list", Disposition.REFUSED_OTHERWISE);
        return dropped;
    }

    private static void addAll(Map<String, Dropped> dropped, JsonObject result, String list, Disposition why) {
        names(result, list).forEach(userid -> dropped.putIfAbsent(userid, new Dropped(userid, why, list)));
    }

    private static List<String> names(JsonObject result, String list) {
        return array(result, list).stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    private static JsonArray array(JsonObject result, String name) {
        return result.getValue(name) instanceof JsonArray array ? array : new JsonArray();
    }
}
