package dev.sluice.simulator.notice;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Department;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.directory.Organisation;
import dev.sluice.simulator.http.Call;
import dev.sluice.simulator.http.Endpoint;
import dev.sluice.simulator.http.OapiParams;
import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.ledger.Verdict;
import dev.sluice.simulator.settings.LimitSettings;
import dev.sluice.simulator.settings.Limits;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code asyncsend_v2}: takes nearly everything and drops in silence. */
final class NoticeSend implements Endpoint {
    private static final int TOO_MANY_RECIPIENTS = 41029;
    private static final int TOO_MANY_TO_ALL = 41045;

    private final Directory directory;
    private final LimitSettings settings;
    private final NoticeTasks tasks;
    private final NoticeJudge judge;

    NoticeSend(Directory directory, LimitSettings settings, NoticeTasks tasks, NoticeJudge judge) {
        this.directory = directory;
        this.settings = settings;
        this.tasks = tasks;
        this.judge = judge;
    }

    /** Who is addressed: raw user ids by position in the list, departments, or everybody. */
    private record Audience(String users, List<Long> departments, boolean everybody) {}

    @Override
    public Reply answer(Call call, App caller, CallDraft draft) {
        Limits limits = settings.current();
        OapiParams params = OapiParams.of(call, limits.codes().badParameter());
        AgentId.check(params, caller, directory);
        NoticeMessage message = message(params, limits);
        Audience audience = audience(params, message, limits);
        draft.setContentHash(message.hash());
        send(caller, message, audience, limits, draft);
        NoticeTask task = tasks.add(
                draft, limits.notice().resultRecipients(), limits.memory().tasks());
        return Reply.oapi(new JsonObject().put("task_id", task.id()));
    }

    private static NoticeMessage message(OapiParams params, Limits limits) {
        NoticeMessage message = NoticeMessage.of(params.requiredObject("msg"));
        if (!message.isWellFormed()) {
            throw params.bad("msg");
        }
        if (message.bytes() > limits.notice().messageBytes()) {
            throw error(
                    limits.codes().messageTooLong(), "消息内容超过" + limits.notice().messageBytes() + "字节");
        }
        return message;
    }

    private static Audience audience(OapiParams params, NoticeMessage message, Limits limits) {
        String users = params.text("userid_list");
        String departments = params.text("dept_id_list");
        boolean everybody = params.flag("to_all_user");
        if (users == null && departments == null && !everybody) {
            throw params.missing("userid_list");
        }
        int userCount = count(users);
        if (userCount > limits.notice().usersPerCall()) {
            throw error(
                    limits.codes().tooManyUsers(),
                    "userid_list超过" + limits.notice().usersPerCall());
        }
        if (count(departments) > limits.notice().departmentsPerCall()) {
            throw error(
                    limits.codes().tooManyDepartments(),
                    "dept_id_list超过" + limits.notice().departmentsPerCall());
        }
        boolean onlyFewUsers = departments == null
                && !everybody
                && userCount <= limits.notice().statusBarUsers();
        if (message.hasStatusBar() && !onlyFewUsers) {
            throw error(
                    limits.codes().statusBarUsers(),
                    "status_bar仅支持" + limits.notice().statusBarUsers() + "人");
        }
        return new Audience(users, departmentIds(departments, params), everybody);
    }

    private static int count(String list) {
        return list == null ? 0 : (int) list.chars().filter(c -> c == ',').count() + 1;
    }

    private static List<Long> departmentIds(String list, OapiParams params) {
        List<Long> ids = new ArrayList<>();
        if (list != null) {
            for (String id : list.split(",", -1)) {
                try {
                    ids.add(Long.parseLong(id.trim()));
                } catch (NumberFormatException notNumeric) {
                    throw params.bad("dept_id_list");
                }
            }
        }
        return ids;
    }

    private void send(App caller, NoticeMessage message, Audience audience, Limits limits, CallDraft draft) {
        Organisation organisation = directory.organisationOf(caller);
        Limits.Notice notice = limits.notice();
        long compared = message.comparedHash(notice.sameContentCompares(), message.hash());
        NoticeJudge.Round round = judge.round(caller, organisation.people(), notice, draft, compared);
        if (message.containsAny(notice.prohibited())) {
            round.dropEverybody(Verdict.PROHIBITED);
        }
        if (audience.everybody()) {
            admitToAll(caller, notice, draft, round);
        }
        List<Long> departments = new ArrayList<>();
        List<Long> roots = audience.everybody() ? List.of(Department.ROOT) : audience.departments();
        roots.forEach(root -> departments.addAll(organisation.subtree(root)));
        refuseIfLoudlyTooMany(organisation, departments, notice);
        addUsers(audience.users(), organisation, round);
        departments.forEach(id -> organisation.people().forEachIn(id, round::add));
        round.close();
    }

    private void admitToAll(App caller, Limits.Notice notice, CallDraft draft, NoticeJudge.Round round) {
        if (judge.counters(caller, draft.wallMillis()).admitToAll(notice.toAllPerDay())) {
            return;
        }
        if (notice.toAllLoud()) {
            throw error(TOO_MANY_TO_ALL, "全员消息超过每日" + notice.toAllPerDay() + "次");
        }
        round.dropEverybody(Verdict.TO_ALL_COUNT);
    }

    private static void refuseIfLoudlyTooMany(Organisation organisation, List<Long> departments, Limits.Notice notice) {
        if (!notice.recipientsPerCallLoud()) {
            return;
        }
        int[] people = {0};
        departments.forEach(id -> organisation.people().forEachIn(id, person -> people[0]++));
        if (people[0] > notice.recipientsPerCall()) {
            throw error(TOO_MANY_RECIPIENTS, "接收人超过" + notice.recipientsPerCall());
        }
    }

    private static void addUsers(String users, Organisation organisation, NoticeJudge.Round round) {
        for (int from = 0; users != null && from <= users.length(); ) {
            int comma = users.indexOf(',', from);
            int to = comma < 0 ? users.length() : comma;
            if (to > from) {
                round.add(organisation.people().indexOf(users, from, to));
            }
            from = to + 1;
        }
    }

    private static RefusedException error(int code, String text) {
        return new RefusedException(Reply.oapiError(code, text));
    }
}
