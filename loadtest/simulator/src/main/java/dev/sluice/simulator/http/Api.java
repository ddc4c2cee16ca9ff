package dev.sluice.simulator.http;

import java.util.HashMap;
import java.util.Map;

/** The simulated APIs. */
public enum Api {
    GETTOKEN("/gettoken", "GET", Family.OAPI_PLAIN, ""),
    ACCESS_TOKEN("/v1.0/oauth2/accessToken", "POST", Family.V1, ""),
    CORP_TOKEN("/v1.0/oauth2/{corpId}/token", "POST", Family.V1, ""),
    NOTICE_SEND("/topapi/message/corpconversation/asyncsend_v2", "POST", Family.TOPAPI, ""),
    NOTICE_PROGRESS("/topapi/message/corpconversation/getsendprogress", "POST", Family.TOPAPI, ""),
    NOTICE_RESULT("/topapi/message/corpconversation/getsendresult", "POST", Family.TOPAPI, ""),
    NOTICE_RECALL("/topapi/message/corpconversation/recall", "POST", Family.TOPAPI, ""),
    ROBOT_SEND("/v1.0/robot/oToMessages/batchSend", "POST", Family.V1, Scopes.ROBOT),
    ROBOT_READ_STATUS("/v1.0/robot/oToMessages/readStatus", "GET", Family.V1, Scopes.ROBOT),
    ROBOT_RECALL("/v1.0/robot/otoMessages/batchRecall", "POST", Family.V1, Scopes.ROBOT),
    WEBHOOK_SEND("/robot/send", "POST", Family.OAPI_PLAIN, ""),
    USER_BY_MOBILE("/topapi/v2/user/getbymobile", "POST", Family.TOPAPI, Scopes.CONTACT),
    USER_GET("/topapi/v2/user/get", "POST", Family.TOPAPI, Scopes.CONTACT),
    USER_LISTID("/topapi/user/listid", "POST", Family.TOPAPI, Scopes.CONTACT),
    USER_LIST("/topapi/v2/user/list", "POST", Family.TOPAPI, Scopes.CONTACT),
    DEPARTMENT_LISTSUB("/topapi/v2/department/listsub", "POST", Family.TOPAPI, Scopes.CONTACT),
    DEPARTMENT_LISTSUBID("/topapi/v2/department/listsubid", "POST", Family.TOPAPI, Scopes.CONTACT),
    /** Anything else. */
    UNKNOWN("*", "*", Family.OAPI_PLAIN, "");

    private static final Map<String, Api> BY_PATH = new HashMap<>();

    static {
        for (Api api : values()) {
            BY_PATH.put(api.path, api);
        }
    }

    private final String path;
    private final String method;
    private final Family family;
    private final String scope;

    /** How an API reads requests and shows errors. */
    public enum Family {
        /** Gateway errors inside the 88 wrapper. */
        TOPAPI,
        /** Older paths of the same host: the same codes, unwrapped. */
        OAPI_PLAIN,
        /** The new host: HTTP status and code, requestid, message. */
        V1
    }

    /** Permission points. The robot's is documented; the contact one's name is that of the console. */
    private static final class Scopes {
        private static final String ROBOT = "qyapi_robot_sendmsg";
        private static final String CONTACT = "qyapi_get_member";
    }

    Api(String path, String method, Family family, String scope) {
        this.path = path;
        this.method = method;
        this.family = family;
        this.scope = scope;
    }

    /** The API behind a request path, {@link #UNKNOWN} if there is none. */
    public static Api at(String path) {
        Api api = BY_PATH.get(path);
        if (api != null) {
            return api;
        }
        boolean corpToken = path.startsWith("/v1.0/oauth2/") && path.endsWith("/token");
        return corpToken && path.indexOf('/', 13) == path.length() - 6 ? CORP_TOKEN : UNKNOWN;
    }

    /**
     * The API with this path or constant name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Api named(String text) {
        for (Api api : values()) {
            if (api.path.equals(text) || api.name().equals(text)) {
                return api;
            }
        }
        throw new IllegalArgumentException("no API " + text + "; give a path such as " + NOTICE_SEND.path);
    }

    public String path() {
        return path;
    }

    public String method() {
        return method;
    }

    public Family family() {
        return family;
    }

    /** Permission point that an app needs; empty if none. */
    public String scope() {
        return scope;
    }

    /** Whether this API hands out tokens instead of asking for one. */
    public boolean isToken() {
        return this == GETTOKEN || this == ACCESS_TOKEN || this == CORP_TOKEN;
    }
}
