package dev.sluice.simulator.robot;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.directory.People;
import dev.sluice.simulator.http.Call;
import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;
import dev.sluice.simulator.http.V1Body;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.limit.LongCounts;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.settings.Limits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Read status and recall of one-to-one batches (chatbot-batch-query-the-read-status, batch-message-recall, 2026-04-22). */
final class RobotQueries {
    private final Directory directory;
    private final LimitSettings settings;
    private final RobotTasks tasks;

    RobotQueries(Directory directory, LimitSettings settings, RobotTasks tasks) {
        this.directory = directory;
        this.settings = settings;
        this.tasks = tasks;
    }

    /** {@code readStatus}. */
    Reply readStatus(Call call, App caller, CallDraft draft) {
        Limits.Robot limits = settings.current().robot();
        String robotCode = call.queryParam("robotCode");
        String key = call.queryParam("processQueryKey");
        if (robotCode == null || key == null) {
            throw error(robotCode == null ? "miss.param.robotCode" : "miss.param.processQueryKey");
        }
        RobotCode.check(robotCode, caller, directory);
        RobotTask task = taskOf(robotCode, key);
        boolean tooEarly = task != null && call.wallMillis() - task.sentAtMillis() < limits.readFromMillis();
        if (task == null || tooEarly || isOver(task, call, limits)) {
            throw error("processQueryKey.expireTime");
        }
        People people = directory.organisationOf(caller).people();
        JsonArray infos = new JsonArray();
        for (int person : task.shown()) {
            infos.add(readInfo(people.userid(person), hasRead(task, person, limits)));
        }
        return Reply.v1(new JsonObject()
                .put("sendStatus", task.isRecalled() ? "RECALLED" : "SUCCESS")
                .put("messageReadInfoList", infos));
    }

    private static JsonObject readInfo(String userid, boolean read) {
        return new JsonObject().put("name", userid).put("userId", userid).put("readStatus", read ? "READ" : "UNREAD");
    }

    private static boolean hasRead(RobotTask task, int person, Limits.Robot limits) {
        return Long.remainderUnsigned(LongCounts.key(task.key().hashCode(), person), 100) < limits.readPercent();
    }

    /** {@code batchRecall}. */
    Reply recall(Call call, App caller, CallDraft draft) {
        Limits.Robot limits = settings.current().robot();
        V1Body body = V1Body.of(call);
        String robotCode = body.requiredText("robotCode", "invalidParameter.robotCode.empty");
        RobotCode.check(robotCode, caller, directory);
        List<String> keys = body.texts("processQueryKeys");
        if (keys.isEmpty() || keys.size() > limits.recallKeys()) {
            throw error("invalidParameter.processQueryKeys");
        }
        JsonArray recalled = new JsonArray();
        JsonObject failed = new JsonObject();
        for (String key : keys) {
            RobotTask task = taskOf(robotCode, key);
            if (task == null || isOver(task, call, limits)) {
                failed.put(key, "robot.processQueryKey.expired");
            } else {
                task.recall();
                recalled.add(key);
            }
        }
        return Reply.v1(new JsonObject().put("successResult", recalled).put("failedResult", failed));
    }

    /** A robot's own batch; null for none, and for another's. */
    private RobotTask taskOf(String robotCode, String key) {
        RobotTask task = tasks.find(key);
        return task == null || task.robotCode().equals(robotCode) ? task : null;
    }

    private static boolean isOver(RobotTask task, Call call, Limits.Robot limits) {
        return call.wallMillis() - task.sentAtMillis()
                > Duration.ofHours(limits.windowHours()).toMillis();
    }

    private static RefusedException error(String code) {
        return new RefusedException(Reply.v1Error(400, code, code));
    }
}
