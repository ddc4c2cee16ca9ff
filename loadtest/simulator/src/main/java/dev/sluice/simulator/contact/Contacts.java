package dev.sluice.simulator.contact;

import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Department;
import dev.sluice.simulator.directory.Directory;
import dev.sluice.simulator.directory.Organisation;
import dev.sluice.simulator.directory.People;
import dev.sluice.simulator.directory.Standing;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.http.Call;
import dev.sluice.simulator.http.Endpoint;
import dev.sluice.simulator.http.OapiParams;
import dev.sluice.simulator.http.RefusedException;
import dev.sluice.simulator.http.Reply;
import dev.sluice.simulator.ledger.CallDraft;
import dev.sluice.simulator.settings.LimitSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The contact APIs; they cost nothing. Codes: the pages query-user-details, query-users-by-phone-number and siblings. */
public final class Contacts {
    private static final int BAD_ARGUMENT = 400002;
    private static final int USER_NOT_FOUND = 60121;
    private static final int DEPARTMENT_NOT_FOUND = 60003;
    private static final int BAD_MOBILE = 40104;
    private static final int INVALID_USERID = 33012;
    private static final int LARGEST_PAGE = 100;

    private final Directory directory;
    private final LimitSettings settings;

    public Contacts(Directory directory, LimitSettings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    public Map<Api, Endpoint> endpoints() {
        return Map.of(
                Api.USER_BY_MOBILE, this::byMobile,
                Api.USER_GET, this::user,
                Api.USER_LISTID, this::userIds,
                Api.USER_LIST, this::users,
                Api.DEPARTMENT_LISTSUB, this::departments,
                Api.DEPARTMENT_LISTSUBID, this::departmentIds);
    }

    private Reply byMobile(Call call, App caller, CallDraft draft) {
        String mobile = required(call, "mobile");
        if (mobile.length() > 15 || !mobile.chars().allMatch(c -> Character.isDigit(c) || c == '+' || c == '-')) {
            throw error(BAD_MOBILE, "无效的手机号");
        }
        People people = directory.organisationOf(caller).people();
        int person = people.indexOfMobile(mobile);
        if (person < 0 || people.standing(person) == Standing.UNKNOWN) {
            throw error(USER_NOT_FOUND, "找不到该用户");
        }
        return result(new JsonObject().put("userid", people.userid(person)));
    }

    private Reply user(Call call, App caller, CallDraft draft) {
        People people = directory.organisationOf(caller).people();
        int person = people.indexOf(required(call, "userid"));
        if (people.standing(person) == Standing.UNKNOWN) {
            throw error(INVALID_USERID, "无效的USERID");
        }
        return result(userJson(people, person));
    }

    private Reply userIds(Call call, App caller, CallDraft draft) {
        Organisation organisation = directory.organisationOf(caller);
        JsonArray ids = new JsonArray();
        for (int person : members(
                organisation, department(call, organisation, params(call)).id())) {
            ids.add(organisation.people().userid(person));
        }
        return result(new JsonObject().put("userid_list", ids));
    }

    private Reply users(Call call, App caller, CallDraft draft) {
        OapiParams params = params(call);
        Organisation organisation = directory.organisationOf(caller);
        long cursor = params.requiredNumber("cursor");
        long size = params.requiredNumber("size");
        if (cursor < 0 || size < 1 || size > LARGEST_PAGE) {
            throw params.bad("size");
        }
        List<Integer> members =
                members(organisation, department(call, organisation, params).id());
        int to = (int) Math.min(members.size(), cursor + size);
        JsonArray list = new JsonArray();
        for (int i = (int) Math.min(cursor, to); i < to; i++) {
            list.add(userJson(organisation.people(), members.get(i)));
        }
        JsonObject page = new JsonObject().put("has_more", to < members.size()).put("list", list);
        return result(to < members.size() ? page.put("next_cursor", to) : page);
    }

    private Reply departments(Call call, App caller, CallDraft draft) {
        JsonArray list = new JsonArray();
        for (Department child : children(call, caller)) {
            list.add(new JsonObject()
                    .put("dept_id", child.id())
                    .put("name", child.name())
                    .put("parent_id", child.parentId())
                    .put("create_dept_group", false)
                    .put("auto_add_user", false));
        }
        return Reply.oapi(new JsonObject().put("result", list));
    }

    private Reply departmentIds(Call call, App caller, CallDraft draft) {
        List<Long> ids = children(call, caller).stream().map(Department::id).toList();
        return result(new JsonObject().put("dept_id_list", new JsonArray(ids)));
    }

    private List<Department> children(Call call, App caller) {
        Organisation organisation = directory.organisationOf(caller);
        return organisation.children(
                department(call, organisation, params(call)).id());
    }

    private Department department(Call call, Organisation organisation, OapiParams params) {
        boolean optional = call.api() == Api.DEPARTMENT_LISTSUB;
        long id = optional ? params.number("dept_id", Department.ROOT) : params.requiredNumber("dept_id");
        Department department = organisation.department(id);
        if (department == null) {
            throw error(DEPARTMENT_NOT_FOUND, "部门不存在");
        }
        return department;
    }

    private static List<Integer> members(Organisation organisation, long departmentId) {
        List<Integer> members = new ArrayList<>();
        organisation.people().forEachIn(departmentId, members::add);
        return members;
    }

    private static JsonObject userJson(People people, int person) {
        return new JsonObject()
                .put("userid", people.userid(person))
                .put("unionid", "union-" + people.userid(person))
                .put("name", people.userid(person))
                .put("mobile", people.mobile(person))
                .put("dept_id_list", new JsonArray().add(people.departmentId(person)))
                .put("active", true);
    }

    private OapiParams params(Call call) {
        return OapiParams.of(call, settings.current().codes().badParameter());
    }

    private String required(Call call, String name) {
        String text = params(call).text(name);
        if (text == null) {
            throw error(BAD_ARGUMENT, "缺少参数 " + name);
        }
        return text;
    }

    private static Reply result(JsonObject result) {
        return Reply.oapi(new JsonObject().put("result", result));
    }

    private static RefusedException error(int code, String text) {
        return new RefusedException(Reply.oapiError(code, text));
    }
}
