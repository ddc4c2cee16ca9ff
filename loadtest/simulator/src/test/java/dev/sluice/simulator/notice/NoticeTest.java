package dev.sluice.simulator.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulator.TestPlatform;
import dev.sluice.simulator.directory.Standing;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.ContentHash;
import dev.sluice.simulator.ledger.Verdict;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoticeTest {
    private TestPlatform platform;
    private String token;

    @BeforeEach
    void start() {
        platform = new TestPlatform();
        platform.simulator().clock().freeze();
        token = platform.token();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private long taskOf(String users, String content) {
        return platform.notice(token, users, content).json().getLong("task_id");
    }

    @Test
    void aNoticeIsShownOnceAndTheSecondIdenticalOneIsDroppedBehindASuccess() {
        taskOf("user000001,user000002", "hi");
        JsonObject second = platform.noticeResult(token, taskOf("user000002,user000003", "hi"));

        assertThat(second.getJsonArray("unread_user_id_list")).isEqualTo(new JsonArray().add("user000003"));
        assertThat(second.getJsonArray("forbidden_list"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("code", "143106")
                                .put("count", 1)
                                .put("userid", "user000002")));
        long hash = ContentHash.of(TestPlatform.text("hi"));
        assertThat(platform.simulator().ledger().shownCount(TestPlatform.CORP, "user000002", hash))
                .isEqualTo(1);
        assertThat(platform.simulator().ledger().duplicates()).isEmpty();
        assertThat(platform.simulator().ledger().drops()).containsEntry("143106", 1L);
    }

    @Test
    void theSameContentPassesAgainTheNextDayInChina() {
        platform.simulator().clock().advanceTo(Instant.parse("2026-12-01T15:59:00Z"));
        token = platform.token();
        taskOf("user000001", "hi");
        platform.simulator().clock().advance(Duration.ofMinutes(2));
        taskOf("user000001", "hi");

        assertThat(platform.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(2);
        assertThat(platform.simulator().ledger().duplicates()).hasSize(1);
    }

    @Test
    void unknownAndOutOfScopePeopleAreOnlyTheResultsBusiness() {
        platform.organisation().people().setStanding("user000007", Standing.OUT_OF_SCOPE);
        platform.organisation().people().setStanding("user000008", Standing.SUPER_EXECUTIVE);
        JsonObject result = platform.noticeResult(token, taskOf("nobody,user000007,user000008,user000009", "hi"));

        assertThat(result.getJsonArray("invalid_user_id_list")).containsExactly("nobody", "user000007");
        assertThat(result.getJsonArray("forbidden_user_id_list")).containsExactly("user000008");
        assertThat(result.getJsonArray("unread_user_id_list")).containsExactly("user000009");
    }

    @Test
    void recipientsBeyondTheMinuteAreDroppedUntilTheWindowHasMovedOn() {
        platform.set("notice.recipientsPerMinute", 3);
        JsonObject result = platform.noticeResult(token, taskOf("user000001,user000002,user000003,user000004", "hi"));
        assertThat(result.getJsonArray("forbidden_list").getJsonObject(0).getString("code"))
                .isEqualTo("143103");

        platform.simulator().clock().advance(Duration.ofSeconds(59));
        taskOf("user000005", "hi");
        assertThat(platform.simulator().ledger().recipients(Verdict.MINUTE_OF_APP))
                .isEqualTo(2);
        platform.simulator().clock().advance(Duration.ofSeconds(1));
        taskOf("user000006", "hi");
        assertThat(platform.simulator().ledger().recipients(Verdict.MINUTE_OF_APP))
                .isEqualTo(2);
    }

    @Test
    void aCalendarMinuteStartsAfreshAtTheFullMinute() {
        platform.set("notice.recipientsPerMinute", 1);
        platform.set("notice.minuteWindow", "CALENDAR");
        platform.simulator().clock().advanceTo(Instant.parse("2026-12-01T00:00:59Z"));
        token = platform.token();
        taskOf("user000001", "hi");
        platform.simulator().clock().advance(Duration.ofSeconds(1));
        taskOf("user000002", "hi");

        assertThat(platform.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(2);
    }

    @Test
    void theMinuteOfTheOrganisationIsSharedByItsApps() {
        platform.set("notice.recipientsPerMinute", 1);
        platform.set("notice.minuteScope", "CORP");
        JsonObject result = platform.noticeResult(token, taskOf("user000001,user000002", "hi"));

        assertThat(result.getJsonArray("forbidden_list").getJsonObject(0).getString("code"))
                .isEqualTo("143104");
    }

    @Test
    void aPersonGetsNoMoreThanTheDailyNumber() {
        platform.set("notice.messagesPerPersonPerDay", 2);
        taskOf("user000001", "a");
        taskOf("user000001", "b");
        JsonObject result = platform.noticeResult(token, taskOf("user000001", "c"));

        assertThat(result.getJsonArray("forbidden_list").getJsonObject(0).getString("code"))
                .isEqualTo("143105");
    }

    @Test
    void prohibitedContentIsAcceptedAndShownToNobody() {
        platform.set("notice.prohibited", List.of("gambling"));
        JsonObject result = platform.noticeResult(token, taskOf("user000001", "come gambling"));

        assertThat(result.getJsonArray("forbidden_list").getJsonObject(0).getString("code"))
                .isEqualTo("1430002");
    }

    @Test
    void documentedMaximaAreRefusedWithConfiguredCodes() {
        StringBuilder users = new StringBuilder("user000001");
        for (int i = 2; i <= 101; i++) {
            users.append(",user000").append(String.format("%03d", i));
        }
        platform.set("codes.tooManyUsers", 4711);
        assertThat(platform.notice(token, users.toString(), "hi").errcode()).isEqualTo(4711);
        platform.set("codes.messageTooLong", 4712);
        assertThat(platform.notice(token, "user000001", "长".repeat(700)).errcode())
                .isEqualTo(4712);
    }

    @Test
    void departmentsExpandAndTheCapOfOneCallDropsTheRest() {
        platform.set("notice.recipientsPerCall", 600);
        JsonObject body = new JsonObject()
                .put("agent_id", "123")
                .put("dept_id_list", "1")
                .put("to_all_user", "false")
                .put("msg", TestPlatform.text("hi").encode());
        assertThat(platform.oapi(Api.NOTICE_SEND.path(), token, body).errcode()).isZero();

        assertThat(platform.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(600);
        assertThat(platform.simulator().ledger().recipients(Verdict.BEYOND_CALL))
                .isEqualTo(400);
        platform.set("notice.recipientsPerCallLoud", true);
        assertThat(platform.oapi(Api.NOTICE_SEND.path(), token, body).errcode()).isEqualTo(41029);
    }

    @Test
    void aResultAboutMoreThanAHundredPeopleIsNotToBeHad() {
        platform.set("notice.resultOverflow", "ERROR");
        platform.set("codes.resultOverflow", 4713);
        JsonObject body =
                new JsonObject().put("agent_id", 123).put("dept_id_list", "1").put("msg", TestPlatform.text("hi"));
        long task = platform.oapi(Api.NOTICE_SEND.path(), token, body).json().getLong("task_id");

        JsonObject query = new JsonObject().put("agent_id", 123).put("task_id", task);
        assertThat(platform.oapi(Api.NOTICE_RESULT.path(), token, query).errcode())
                .isEqualTo(4713);
    }

    @Test
    void aStatusBarIsForAFewUsersOnly() {
        JsonObject oa = new JsonObject().put("status_bar", new JsonObject().put("status_value", "open"));
        JsonObject body = new JsonObject()
                .put("agent_id", 123)
                .put("userid_list", "a,b,c,d,e,f")
                .put("msg", new JsonObject().put("msgtype", "oa").put("oa", oa));
        assertThat(platform.oapi(Api.NOTICE_SEND.path(), token, body).errcode()).isEqualTo(41052);
        body.put("userid_list", "a,b,c,d,e");
        assertThat(platform.oapi(Api.NOTICE_SEND.path(), token, body).errcode()).isZero();
    }

    @Test
    void theFourthMessageToAllOfADayReachesNobody() {
        for (int i = 0; i < 4; i++) {
            platform.oapi(
                    Api.NOTICE_SEND.path(),
                    token,
                    new JsonObject()
                            .put("agent_id", 123)
                            .put("to_all_user", true)
                            .put("msg", TestPlatform.text("all " + i)));
        }
        assertThat(platform.simulator().ledger().recipients(Verdict.SHOWN)).isEqualTo(3000);
        assertThat(platform.simulator().ledger().recipients(Verdict.TO_ALL_COUNT))
                .isEqualTo(1000);
    }

    @Test
    void resultsProgressAndRecallEndAfterTwentyFourHours() {
        long task = taskOf("user000001", "hi");
        JsonObject query = new JsonObject().put("agent_id", 123).put("task_id", task);
        assertThat(platform.oapi(Api.NOTICE_PROGRESS.path(), token, query)
                        .json()
                        .getJsonObject("progress"))
                .isEqualTo(new JsonObject().put("progress_in_percent", 100).put("status", 2));

        platform.simulator().clock().advance(Duration.ofHours(25));
        token = platform.token();
        assertThat(platform.oapi(Api.NOTICE_RESULT.path(), token, query).errcode())
                .isEqualTo(40035);
        JsonObject recall = new JsonObject().put("agent_id", 123).put("msg_task_id", task);
        assertThat(platform.oapi(Api.NOTICE_RECALL.path(), token, recall).errcode())
                .isEqualTo(400002);
    }
}
