package dev.sluice.simulator.notice;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.directory.People;
import dev.sluice.simulator.http.Call;
import dev.sluice.simulator.http.OapiParams;
import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import dev.sluice.simulator.limit.LongCounts;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.settings.Limits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** What became of a task: progress, result, recall. */
final class NoticeQueries {
    private final Directory directory;
    private final LimitSettings settings;
    private final NoticeTasks tasks;

    NoticeQueries(Directory directory, LimitSettings settings, NoticeTasks tasks) {
        this.directory = directory;
        this.settings = settings;
        this.tasks = tasks;
    }

    /** {@code getsendprogress}. */
    Reply progress(Call call, App caller, CallDraft draft) {
        Limits limits = settings.current();
        NoticeTask task = task(call, caller, "task_id", limits.codes().badParameter());
        long elapsed = call.wallMillis() - task.sentAtMillis();
        long percent = elapsed >= limits.notice().deliveryMillis()
                ? 100
                : elapsed * 100 / limits.notice().deliveryMillis();
        int status = percent == 100 ? 2 : percent == 0 ? 0 : 1;
        return Reply.oapi(new JsonObject()
                .put(
                        "progress",
                        new JsonObject().put("progress_in_percent", percent).put("status", status)));
    }

    /** {@code getsendresult}. */
    Reply result(Call call, App caller, CallDraft draft) {
        Limits limits = settings.current();
        NoticeTask task = task(call, caller, "task_id", limits.codes().badParameter());
        if (task.recipients() > limits.notice().resultRecipients() || task.kept() < task.recipients()) {
            return switch (limits.notice().resultOverflow()) {
                case TIMEOUT -> Reply.silence();
                case ERROR -> Reply.oapiError(limits.codes().resultOverflow(), "接收人过多");
            };
        }
        boolean done =
                call.wallMillis() - task.sentAtMillis() >= limits.notice().deliveryMillis();
        People people = directory.organisationOf(caller).people();
        return Reply.oapi(new JsonObject().put("send_result", lists(task, done, people, limits.notice())));
    }

    private static JsonObject lists(NoticeTask task, boolean done, People people, Limits.Notice limits) {
        JsonArray invalid = new JsonArray();
        JsonArray forbiddenIds = new JsonArray();
        JsonArray failed = new JsonArray();
        JsonArray read = new JsonArray();
        JsonArray unread = new JsonArray();
        JsonArray forbidden = new JsonArray();
        for (int i = 0; done && i < task.kept(); i++) {
            Verdict verdict = task.verdict(i);
            String userid = people.userid(task.person(i));
            if (verdict == Verdict.SHOWN) {
                (hasRead(task, i, limits) ? read : unread).add(userid);
            } else if (verdict == Verdict.INVALID || verdict == Verdict.OUT_OF_SCOPE) {
                invalid.add(userid);
            } else if (verdict.isForbidden()) {
                forbiddenIds.add(userid);
                forbidden.add(new JsonObject()
                        .put("code", verdict.code())
                        .put("count", threshold(verdict, limits))
                        .put("userid", userid));
            } else {
                failed.add(userid);
            }
        }
        return new JsonObject()
                .put("invalid_user_id_list", invalid)
                .put("forbidden_user_id_list", forbiddenIds)
                .put("failed_user_id_list", failed)
                .put("read_user_id_list", read)
                .put("unread_user_id_list", unread)
                .put("invalid_dept_id_list", new JsonArray())
                .put("forbidden_list", forbidden);
    }

    private static boolean hasRead(NoticeTask task, int at, Limits.Notice limits) {
        return Long.remainderUnsigned(LongCounts.key(task.id(), task.person(at)), 100) < limits.readPercent();
    }

    private static long threshold(Verdict verdict, Limits.Notice limits) {
        return switch (verdict) {
            case SAME_CONTENT -> limits.sameContentPerDay();
            case DAILY_COUNT -> limits.messagesPerPersonPerDay();
            case MINUTE_OF_APP, MINUTE_OF_CORP -> limits.recipientsPerMinute();
            case SHOWN, INVALID, OUT_OF_SCOPE, SUPER_EXECUTIVE, PROHIBITED, BEYOND_CALL, TO_ALL_COUNT, FLOW_CONTROL ->
                0;
        };
    }

    /** {@code recall}. */
    Reply recall(Call call, App caller, CallDraft draft) {
        task(call, caller, "msg_task_id", settings.current().codes().recallTooLate())
                .recall();
        return Reply.oapi(new JsonObject());
    }

    private NoticeTask task(Call call, App caller, String parameter, int codeIfTooLate) {
        Limits limits = settings.current();
        OapiParams params = OapiParams.of(call, limits.codes().badParameter());
        AgentId.check(params, caller, directory);
        NoticeTask task = tasks.find(params.requiredNumber(parameter));
        if (task == null || !task.appKey().equals(caller.appKey())) {
            throw new RefusedException(Reply.oapiError(400002, "无效的参数 " + parameter));
        }
        long lifeMillis = Duration.ofHours(limits.notice().windowHours()).toMillis();
        if (call.wallMillis() - task.sentAtMillis() > lifeMillis) {
            throw new RefusedException(
                    Reply.oapiError(codeIfTooLate, "任务已超过" + limits.notice().windowHours() + "小时"));
        }
        return task;
    }
}
