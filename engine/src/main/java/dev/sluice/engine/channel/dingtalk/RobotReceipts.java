package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.directory.ChannelEntry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who has a one-to-one robot message, by {@code readStatus}: whoever it lists has it, read or not (chatbot-batch-query-the-read-status, 2026-04-22). It names
 * nobody who was left out: they stay sent, and nothing is said about them.
 */
final class RobotReceipts extends DingTalkReceipts {
    private static final String API = "oToMessages/readStatus";
    /** Too early, or after the window: one code for both, so it is asked again as often as for an unfinished task. */
    private static final String NOT_NOW = "processQueryKey.expireTime";

    RobotReceipts(AdapterOptions options) {
        super(API, options);
    }

    @Override
    public PlatformRequest request(ChannelEntry channel, String platformRef, String token) {
        return new PlatformRequest(
                ApiFamily.DINGTALK_API,
                HttpMethod.GET,
                "/v1.0/robot/" + API,
                Map.of("robotCode", channel.app().robotCode(), "processQueryKey", platformRef),
                Map.of("x-acs-dingtalk-access-token", token),
                Buffer.buffer());
    }

    @Override
    public ReceiptResult read(PlatformReply reply) {
        Optional<JsonObject> body = reply.object();
        if (body.map(Said::of).filter(said -> said.code().equals(NOT_NOW)).isPresent()) {
            return new ReceiptResult.Pending();
        }
        CallOutcome outcome = ReplyReading.modern(
                reply,
                DingTalkCodes.FOR_ROBOTS,
                answer -> answer.getValue("sendStatus") instanceof String
                        ? Optional.of(new CallOutcome.Accepted("", List.of()))
                        : Optional.empty());
        return outcome instanceof CallOutcome.Accepted && body.isPresent()
                ? result(body.get())
                : new ReceiptResult.Failed(outcome);
    }

    private static ReceiptResult result(JsonObject body) {
        return switch (body.getString("sendStatus")) {
            case "SUCCESS" -> new ReceiptResult.Complete(listed(body), List.of());
            case "RECALLED" -> new ReceiptResult.Gone(Said.of(body).platformCode());
            default -> new ReceiptResult.Pending();
        };
    }

    private static List<String> listed(JsonObject body) {
        Set<String> people = new LinkedHashSet<>();
        if (body.getValue("messageReadInfoList") instanceof JsonArray infos) {
            for (Object info : infos) {
                if (info instanceof JsonObject person && person.getValue("userId") instanceof String userId) {
                    people.add(userId);
                }
            }
        }
        return List.copyOf(people);
    }
}
