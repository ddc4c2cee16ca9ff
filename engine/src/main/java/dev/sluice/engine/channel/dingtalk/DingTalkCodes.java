package dev.sluice.engine.channel.dingtalk;

import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.dingtalk.CodeTable.Row;
import dev.sluice.engine.channel.dingtalk.Meaning.AddressNotAllowed;
import dev.sluice.engine.channel.dingtalk.Meaning.BadContent;
import dev.sluice.engine.channel.dingtalk.Meaning.BadPeople;
import dev.sluice.engine.channel.dingtalk.Meaning.Fault;
import dev.sluice.engine.channel.dingtalk.Meaning.MonthSpent;
import dev.sluice.engine.channel.dingtalk.Meaning.NeedsPerson;
import dev.sluice.engine.channel.dingtalk.Meaning.PermissionMissing;
import dev.sluice.engine.channel.dingtalk.Meaning.SecurityRefusal;
import dev.sluice.engine.channel.dingtalk.Meaning.StaleToken;
import dev.sluice.engine.channel.dingtalk.Meaning.Throttle;
import dev.sluice.engine.channel.dingtalk.Meaning.ThrottleToInstant;
import dev.sluice.engine.model.Disposition;
import java.util.List;
import java.util.Map;

/**
 * Every DingTalk code that Sluice knows: the code, what it means for us, what the platform says, and the page that says so (of
 * open.dingtalk.com/document/development, with its date). Throttles of the newer family begin with "Forbidden" like its denials, so each is listed whole.
 */
final class DingTalkCodes {
    private static final String ERRORS = "server-api-error-codes-1, 2026-05-06";
    private static final String THROTTLING = "how-to-process-api-throttling-on-the-dingtalk-server, 2026-05-09";
    private static final String FREQUENCY = "call-frequency-limit, 2026-01-22";
    private static final String WEBHOOK_PAGE = "custom-robots-send-group-messages, 2026-07-14";
    private static final String ROBOT_PAGE = "chatbots-send-one-on-one-chat-messages-in-batches, 2026-04-22";
    private static final String TOKEN_PAGE = "obtain-the-access-token-of-an-internal-app, 2026-04-29";
    private static final String OBSERVED = "observed, not documented";

    private static final Throttle ONE_SECOND = new Throttle(ThrottleScope.APP_AND_API, 1_000);
    /** A limit counted by the minute: after one minute without calls it is free whatever its window is. */
    private static final Throttle ONE_MINUTE = new Throttle(ThrottleScope.APP_AND_API, 60_000);

    private static final Throttle PLATFORM_SECOND = new Throttle(ThrottleScope.PLATFORM, 1_000);
    private static final Throttle ROBOT_TEN_MINUTES = new Throttle(ThrottleScope.CHANNEL, 600_000);

    static final NeedsPerson CREDENTIALS = new NeedsPerson(
            "DingTalk does not know this pair of AppKey and AppSecret. Enter the AppSecret again with PUT"
                    + " /v1/apps/{appId}/secrets and resume the channel; where the AppKey is wrong, make a new channel with the right one.");
    private static final NeedsPerson AGENT =
            new NeedsPerson("DingTalk says that the agentId is not this app's in this organisation."
                    + " Correct it with PATCH /v1/apps/{appId} and resume the channel.");
    private static final NeedsPerson ROBOT =
            new NeedsPerson("DingTalk does not let the robot send. Publish and enable it, or correct the robotCode"
                    + " with PATCH /v1/apps/{appId}, and resume the channel.");
    private static final NeedsPerson WEBHOOK_TOKEN =
            new NeedsPerson("DingTalk does not know the webhook's access token. Enter it again, or that of a new robot,"
                    + " with PUT /v1/apps/{appId}/secrets and resume the channel.");
    private static final SecurityRefusal WEBHOOK_SECURITY = new SecurityRefusal(
            "Compare the robot's security settings with the channel: signing secret or allowed addresses"
                    + " refuse its messages, or this node's clock is an hour off. Then resume the channel.");
    private static final NeedsPerson WEBHOOK_OFF = new NeedsPerson(
            "Enable the robot in its group again, or create it in another: DingTalk says it is off or the group is gone.");
    private static final NeedsPerson BASE_URL = new NeedsPerson(
            "Check the platform's base URL in the configuration: DingTalk does not know the API that was called.");

    private static final BadContent INVALID = new BadContent(Disposition.INVALID_CONTENT);
    private static final BadContent PROHIBITED = new BadContent(Disposition.PROHIBITED_CONTENT);

    /** What a gateway answers before an API is reached: the older one, and either one in trouble. */
    private static final List<Row> GATEWAY = List.of(
            new Row("-1", new Fault(), "busy; one later retry, at most three", ERRORS),
            new Row("500", new Fault(), "server error", ERRORS),
            new Row("system.error", new Fault(), "server error", ERRORS),
            new Row("system.busy", new Fault(), "busy", ERRORS),
            new Row("systemBusy", new Fault(), "busy", ERRORS),
            new Row("serviceBusy", new Fault(), "busy", ERRORS),
            new Row("unknownError", new Fault(), "server error", ERRORS),
            new Row("22", BASE_URL, "no such API method", OBSERVED),
            new Row("404", BASE_URL, "no such URI", OBSERVED),
            new Row("40000", new StaleToken(), "access_token is blank", OBSERVED),
            new Row("40001", new StaleToken(), "secret wrong or token invalid", ERRORS),
            new Row("40014", new StaleToken(), "token invalid", ERRORS),
            new Row("41001", new StaleToken(), "token missing", ERRORS),
            new Row("42001", new StaleToken(), "token timed out", ERRORS),
            new Row("40089", CREDENTIALS, "corpid or corpsecret wrong", ERRORS),
            new Row("40096", CREDENTIALS, "appKey or appSecret wrong", OBSERVED),
            new Row("60011", new PermissionMissing(), "no permission for this API", ERRORS),
            new Row("60020", new AddressNotAllowed(), "source address not in the allowlist", ERRORS),
            new Row("90018", ONE_SECOND, "the app's calls a second to this API", THROTTLING),
            new Row("90006", ONE_MINUTE, "the app's calls a minute to this API", ERRORS),
            new Row("90005", ONE_MINUTE, "the organisation's calls a minute to this API", ERRORS),
            new Row("90004", ONE_SECOND, "calls of this credential", ERRORS),
            new Row("90003", ONE_SECOND, "the organisation's calls to all APIs", ERRORS),
            new Row("90001", PLATFORM_SECOND, "calls of everybody to all APIs", ERRORS),
            new Row(
                    "90002",
                    new ThrottleToInstant(ThrottleScope.PLATFORM, 1_000),
                    "calls of everybody to this API; the text says until when",
                    FREQUENCY),
            // Its threshold and penalty are not published: the address rests for a minute.
            new Row("90017", new Throttle(ThrottleScope.EGRESS_IP, 60_000), "too many corps from one address", ERRORS),
            new Row("90020", new MonthSpent(), "the organisation's month is used up", THROTTLING));

    /** Work notices: business codes stand in errcode itself. Which of the older ones asyncsend_v2 still emits is not published. */
    private static final List<Row> WORK_NOTICE = List.of(
            new Row("41011", AGENT, "agentid missing", ERRORS),
            new Row("40056", AGENT, "agentid invalid", ERRORS),
            new Row("70003", AGENT, "agentid unknown", ERRORS),
            new Row("70004", AGENT, "agentid not of this corp", ERRORS),
            new Row("33001", CREDENTIALS, "corp invalid", ERRORS),
            new Row("40031", new BadPeople(), "userid list invalid", ERRORS),
            new Row("40003", new BadPeople(), "userid invalid", ERRORS),
            new Row("33012", new BadPeople(), "userid invalid", ERRORS),
            new Row("60111", new BadPeople(), "userid does not exist", ERRORS),
            new Row("60121", new BadPeople(), "user not found", ERRORS),
            new Row("50002", new BadPeople(), "user outside the authorised scope", ERRORS),
            new Row("41029", new BadPeople(), "too many recipients in one send", ERRORS),
            new Row("41047", ONE_MINUTE, "recipients a minute of the corp", ERRORS),
            new Row("41048", ONE_MINUTE, "recipients a minute in all", ERRORS),
            new Row("41049", PROHIBITED, "prohibited content", ERRORS),
            new Row("40048", PROHIBITED, "unsafe URL", ERRORS),
            new Row("40007", INVALID, "media id invalid", ERRORS),
            new Row("34016", INVALID, "content too long", ERRORS),
            new Row("45002", INVALID, "content too long", ERRORS),
            new Row("41101", INVALID, "body too long", ERRORS),
            new Row("40035", INVALID, "parameter invalid or missing", ERRORS),
            new Row("400002", INVALID, "parameter invalid", ERRORS));

    /** Webhook robots: always HTTP 200, the code in errcode. */
    private static final List<Row> WEBHOOK = List.of(
            new Row("130101", ROBOT_TEN_MINUTES, "more than 20 messages a minute: silent for ten", OBSERVED),
            new Row("410100", ROBOT_TEN_MINUTES, "sending too fast", WEBHOOK_PAGE),
            new Row("660026", ROBOT_TEN_MINUTES, "too many messages a minute", OBSERVED),
            new Row("90030", new MonthSpent(), "the organisation's month of webhook calls is used up", OBSERVED),
            new Row(
                    "310000",
                    WEBHOOK_SECURITY,
                    "keyword, timestamp, signature or address refused: the text says which",
                    WEBHOOK_PAGE),
            new Row("300001", WEBHOOK_TOKEN, "token is not exist", OBSERVED),
            new Row("300005", WEBHOOK_TOKEN, "token is not exist", OBSERVED),
            new Row("400101", WEBHOOK_TOKEN, "token does not exist", WEBHOOK_PAGE),
            new Row("400106", WEBHOOK_TOKEN, "robot not found", WEBHOOK_PAGE),
            new Row("400013", WEBHOOK_OFF, "group dissolved", WEBHOOK_PAGE),
            new Row("400102", WEBHOOK_OFF, "robot disabled", WEBHOOK_PAGE),
            new Row("400105", INVALID, "message type not supported", WEBHOOK_PAGE),
            new Row("400402", INVALID, "a field of the message type is missing", OBSERVED),
            new Row("40035", INVALID, "JSON or a parameter missing", WEBHOOK_PAGE),
            new Row("460101", INVALID, "longer than 20000 bytes", OBSERVED),
            new Row("101002", INVALID, "message too long", OBSERVED),
            new Row("43010*", PROHIBITED, "unsafe link, text, picture or content (430101 to 430104)", WEBHOOK_PAGE));

    /** The newer family, for robots. */
    private static final List<Row> MODERN = List.of(
            new Row(
                    "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi",
                    ONE_SECOND,
                    "the app's calls a second",
                    THROTTLING),
            new Row("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", ONE_MINUTE, "the app's calls a minute", ERRORS),
            new Row(
                    "Forbidden.AccessDenied.QpsLimitForSuitekeyAndOrgAndApi",
                    ONE_SECOND,
                    "calls a second to a corp",
                    ERRORS),
            new Row(
                    "Forbidden.AccessDenied.QpmLimitForSuitekeyAndOrgAndApi",
                    ONE_MINUTE,
                    "calls a minute to a corp",
                    ERRORS),
            new Row(
                    "Forbidden.AccessDenied.QpsLimitForApi",
                    PLATFORM_SECOND,
                    "calls of everybody to this API",
                    THROTTLING),
            new Row("Forbidden.AccessDenied.ApiCountLimitForOrg", new MonthSpent(), "the month is used up", THROTTLING),
            new Row(
                    "Forbidden.AccessDenied.AccessTokenPermissionDenied",
                    new PermissionMissing(),
                    "scope not granted",
                    ERRORS),
            new Row("Forbidden.AccessDenied.IpNotInWhiteList", new AddressNotAllowed(), "address not allowed", ERRORS),
            new Row("InvalidAuthentication", new StaleToken(), "token wrong or expired", ERRORS),
            new Row("AuthenticationFailed.MissingParameter", new StaleToken(), "token header missing", OBSERVED),
            new Row("invalidClientIdOrSecret", CREDENTIALS, "AppKey or AppSecret wrong", TOKEN_PAGE),
            // The pages do not number these limits; the app's gate opens again after the shortest documented wait.
            new Row("send.too.fast", ONE_SECOND, "the robot sends too fast", ROBOT_PAGE),
            new Row("send.byToken.tooFast", ONE_SECOND, "the robot sends too fast", ROBOT_PAGE),
            new Row("too.many.people", ONE_SECOND, "too many people at once", ROBOT_PAGE),
            new Row("too.many.group", ONE_SECOND, "too many groups at once", ROBOT_PAGE),
            new Row("invalidParameter.robotCode*", ROBOT, "robotCode empty, unknown or not this app's", ROBOT_PAGE),
            new Row("not.allowed.robotCode", ROBOT, "robotCode not allowed", ROBOT_PAGE),
            new Row("robot.oto.notExist", ROBOT, "no such robot", ROBOT_PAGE),
            new Row("chatbotId.notAllow.sendOTO", ROBOT, "the robot may not send to single people", ROBOT_PAGE),
            new Row("bot.stopped", ROBOT, "the robot is stopped", ROBOT_PAGE),
            new Row("bot.forbidden.sendMessage", ROBOT, "the robot may not send", ROBOT_PAGE),
            new Row("template.not.existed", ROBOT, "the robot's template does not exist", ROBOT_PAGE),
            new Row("template.stopped", ROBOT, "the robot's template is stopped", ROBOT_PAGE),
            new Row("invalidParameter.userIds*", new BadPeople(), "userIds empty or too many", ROBOT_PAGE),
            new Row("staffId.notExisted", new BadPeople(), "a userId does not exist", ROBOT_PAGE),
            new Row("invalidParameter.msgKey*", INVALID, "msgKey empty or unknown", ROBOT_PAGE),
            new Row("invalidParameter.msgParam*", INVALID, "msgParam no JSON text or too long", ROBOT_PAGE),
            new Row("miss.param*", INVALID, "a parameter is missing", ROBOT_PAGE),
            new Row("Missingbody", INVALID, "no JSON body", OBSERVED),
            new Row("contain.unsafe.url", PROHIBITED, "an unsafe link", ROBOT_PAGE),
            new Row("contain.notAllowed*", PROHIBITED, "forbidden text, picture or content", ROBOT_PAGE));

    /** What the older family answers to work notices and to questions about them. */
    static final CodeTable FOR_WORK_NOTICES = new CodeTable(GATEWAY, WORK_NOTICE);
    /** What the older family answers to webhook robots. */
    static final CodeTable FOR_WEBHOOKS = new CodeTable(GATEWAY, WEBHOOK);
    /** What the newer family answers; codes of the older one show where a URL is wrong. */
    static final CodeTable FOR_ROBOTS = new CodeTable(GATEWAY, MODERN);

    /** Why somebody is missing from a work notice: {@code forbidden_list[].code} (gets-the-result-of-sending-messages..., 2026-07-13). */
    static final Map<String, Disposition> FORBIDDEN = Map.ofEntries(
            // The app's people a minute, the corp's; an ISV app's in one corp, in all.
            Map.entry("143103", Disposition.DROPPED_PEOPLE_PER_MINUTE),
            Map.entry("143104", Disposition.DROPPED_PEOPLE_PER_MINUTE),
            Map.entry("143203", Disposition.DROPPED_PEOPLE_PER_MINUTE),
            Map.entry("143204", Disposition.DROPPED_PEOPLE_PER_MINUTE),
            // The person's messages of the day.
            Map.entry("143105", Disposition.DROPPED_PERSON_DAY),
            Map.entry("143205", Disposition.DROPPED_PERSON_DAY),
            // Identical content the same day.
            Map.entry("143106", Disposition.DROPPED_SAME_CONTENT),
            Map.entry("143206", Disposition.DROPPED_SAME_CONTENT),
            // Empty receiver, unknown grantType.
            Map.entry("1430000", Disposition.INVALID_RECIPIENT),
            Map.entry("1430001", Disposition.DELIVERY_FAILED),
            // Prohibited content, protection of the API triggered, protection of this person.
            Map.entry("1430002", Disposition.PROHIBITED_CONTENT),
            Map.entry("1430003", Disposition.DELIVERY_FAILED),
            Map.entry("1430004", Disposition.PROTECTED_PERSON));

    private DingTalkCodes() {}
}
