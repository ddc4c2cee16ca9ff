package dev.sluice.simulator.robot;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.directory.People;
import dev.sluice.simulator.http.Call;
import dev.sluice.simulator.http.Endpoint;
import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;
import dev.sluice.simulator.http.V1Body;
import dev.sluice.simulator.http.VisibleText;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.ContentHash;
import dev.sluice.simulator.ledger.Verdict;
import dev.sluice.simulator.limit.MinuteWindow;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.settings.Limits;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code batchSend}: partial failure inside a success (chatbots-send-one-on-one-chat-messages-in-batches, 2026-04-22). */
final class RobotSend implements Endpoint {
    private static final Set<String> MSG_KEYS = Set.of(
            "sampleText",
            "sampleMarkdown",
            "sampleImageMsg",
            "sampleLink",
            "sampleActionCard",
            "sampleActionCard2",
            "sampleActionCard3",
            "sampleActionCard4",
            "sampleActionCard5",
            "sampleActionCard6",
            "sampleAudio",
            "sampleFile",
            "sampleVideo");

    private final Directory directory;
    private final LimitSettings settings;
    private final RobotTasks tasks;
    private final Map<String, MinuteWindow> usersOfRobots = new HashMap<>();
    private final Map<String, MinuteWindow> callsOfRobots = new HashMap<>();

    RobotSend(Directory directory, LimitSettings settings, RobotTasks tasks) {
        this.directory = directory;
        this.settings = settings;
        this.tasks = tasks;
    }

    @Override
    public Reply answer(Call call, App caller, CallDraft draft) {
        Limits limits = settings.current();
        V1Body body = V1Body.of(call);
        String robotCode = body.requiredText("robotCode", "invalidParameter.robotCode.empty");
        RobotCode.check(robotCode, caller, directory);
        List<String> users = users(body, limits);
        checkMessage(body, limits.robot());
        admitCall(robotCode, limits.robot(), call.wallMillis());
        draft.setContentHash(ContentHash.ofRobot(body.text("msgKey"), body.text("msgParam")));
        return deliver(robotCode, users, directory.organisationOf(caller).people(), limits, draft);
    }

    private static List<String> users(V1Body body, Limits limits) {
        List<String> users = body.texts("userIds");
        if (users.isEmpty()) {
            throw error("invalidParameter.userIds.empty", "userIds is empty");
        }
        if (users.size() > limits.robot().usersPerCall()) {
            throw error(
                    limits.codes().batchSendTooManyUsers(),
                    "userIds over " + limits.robot().usersPerCall());
        }
        return users;
    }

    private static void checkMessage(V1Body body, Limits.Robot limits) {
        String key = body.requiredText("msgKey", "invalidParameter.msgKey.empty");
        if (!MSG_KEYS.contains(key)) {
            throw error("invalidParameter.msgKey.invalid", "msgKey is unknown");
        }
        String param = body.requiredText("msgParam", "invalidParameter.msgParam.invalid");
        JsonObject content = parsed(param);
        if (param.getBytes(StandardCharsets.UTF_8).length > limits.paramBytes()) {
            throw error("invalidParameter.msgParam.tooLong", "msgParam over " + limits.paramBytes() + " bytes");
        }
        if (VisibleText.containsAny(content, limits.prohibited())) {
            throw error("contain.notAllowed.text", "content is not allowed");
        }
    }

    private static JsonObject parsed(String param) {
        try {
            return new JsonObject(param);
        } catch (DecodeException malformed) {
            throw error("invalidParameter.msgParam.invalid", "msgParam is not a JSON text");
        }
    }

    private void admitCall(String robotCode, Limits.Robot limits, long wallMillis) {
        if (limits.callsPerMinute() == 0) {
            return;
        }
        MinuteWindow window = callsOfRobots.computeIfAbsent(robotCode, code -> new MinuteWindow());
        if (window.room(MinuteWindow.Shape.SLIDING, wallMillis, limits.callsPerMinute()) == 0) {
            throw new RefusedException(
                    Reply.v1Error(400, "send.too.fast", "send too fast").asThrottled());
        }
        window.add(wallMillis, 1);
    }

    private Reply deliver(String robotCode, List<String> users, People people, Limits limits, CallDraft draft) {
        MinuteWindow window = usersOfRobots.computeIfAbsent(robotCode, code -> new MinuteWindow());
        int perMinute = limits.robot().usersPerMinute();
        long room = perMinute == 0
                ? Integer.MAX_VALUE
                : window.room(MinuteWindow.Shape.SLIDING, draft.wallMillis(), perMinute);
        JsonArray invalid = new JsonArray();
        JsonArray controlled = new JsonArray();
        JsonArray filtered = new JsonArray();
        for (String user : new LinkedHashSet<>(users)) {
            int person = people.indexOf(user);
            Verdict verdict = draft.shown() < room ? standing(people, person) : Verdict.FLOW_CONTROL;
            draft.addRecipient(person, verdict);
            if (verdict == Verdict.FLOW_CONTROL) {
                controlled.add(user);
            } else if (verdict == Verdict.INVALID) {
                invalid.add(user);
            } else if (verdict != Verdict.SHOWN) {
                (limits.robot().reportFiltered() ? filtered : invalid).add(user);
            }
        }
        if (perMinute > 0 && draft.shown() > 0) {
            window.add(draft.wallMillis(), draft.shown());
        }
        JsonObject body = new JsonObject()
                .put(
                        "processQueryKey",
                        tasks.add(robotCode, draft, limits.memory().tasks()).key())
                .put("invalidStaffIdList", invalid)
                .put("flowControlledStaffIdList", controlled);
        return Reply.v1(limits.robot().reportFiltered() ? body.put("filteredStaffIdList", filtered) : body);
    }

    private static Verdict standing(People people, int person) {
        return switch (people.standing(person)) {
            case MEMBER -> Verdict.SHOWN;
            case OUT_OF_SCOPE -> Verdict.OUT_OF_SCOPE;
            case SUPER_EXECUTIVE -> Verdict.SUPER_EXECUTIVE;
            case UNKNOWN -> Verdict.INVALID;
        };
    }

    private static RefusedException error(String code, String message) {
        return new RefusedException(Reply.v1Error(400, code, message));
    }

    void clear() {
        usersOfRobots.clear();
        callsOfRobots.clear();
    }
}
