package dev.sluice.simulator.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulator.TestPlatform;
import dev.sluice.simulator.TestPlatform.Answer;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.Standing;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.ContentHash;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RobotTest {
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

    private Answer send(String... users) {
        return platform.v1(Api.ROBOT_SEND.path(), token, TestPlatform.robotMessage("hi", users));
    }

    private String readStatusPath(String key) {
        return Api.ROBOT_READ_STATUS.path() + "?robotCode=dingapp&processQueryKey=" + TestPlatform.encoded(key);
    }

    @Test
    void refusedPeopleAreListedInsideTheSuccess() {
        platform.set("robot.usersPerMinute", 1);
        platform.organisation().people().setStanding("user000003", Standing.OUT_OF_SCOPE);
        JsonObject body =
                send("nobody", "user000003", "user000001", "user000002").json();

        assertThat(body.getString("processQueryKey")).isNotBlank();
        assertThat(body.getJsonArray("invalidStaffIdList")).isEqualTo(JsonArray.of("nobody", "user000003"));
        assertThat(body.getJsonArray("flowControlledStaffIdList")).isEqualTo(JsonArray.of("user000002"));
        long hash = ContentHash.ofRobot("sampleText", "{\"content\":\"hi\"}");
        assertThat(platform.simulator().ledger().shownCount(TestPlatform.CORP, "user000001", hash))
                .isEqualTo(1);
    }

    @Test
    void theSameContentIsShownAsOftenAsItIsSent() {
        send("user000001");
        send("user000001");

        assertThat(platform.simulator().ledger().duplicates()).singleElement().satisfies(duplicate -> {
            assertThat(duplicate.userid()).isEqualTo("user000001");
            assertThat(duplicate.shown()).isEqualTo(2);
        });
    }

    @Test
    void protectedPeopleMayComeInTheNewerList() {
        platform.set("robot.reportFiltered", true);
        platform.organisation().people().setStanding("user000003", Standing.SUPER_EXECUTIVE);

        assertThat(send("user000003").json().getJsonArray("filteredStaffIdList"))
                .containsExactly("user000003");
    }

    @Test
    void moreThanTwentyUsersAreTooMany() {
        String[] users = IntStream.rangeClosed(1, 21)
                .mapToObj(i -> "user0000" + (i + 10))
                .toArray(String[]::new);
        Answer answer = send(users);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalidParameter.userIds.overMax");
    }

    @Test
    void everyBadFieldHasItsCode() {
        JsonObject good = TestPlatform.robotMessage("hi", "user000001");
        assertCode(good.copy().put("robotCode", "none"), "invalidParameter.robotCode.notExsit");
        assertCode(good.copy().put("robotCode", ""), "invalidParameter.robotCode.empty");
        assertCode(good.copy().put("userIds", new JsonArray()), "invalidParameter.userIds.empty");
        assertCode(good.copy().put("msgKey", "poem"), "invalidParameter.msgKey.invalid");
        assertCode(good.copy().put("msgParam", "no json"), "invalidParameter.msgParam.invalid");
        String tooLong = new JsonObject().put("content", "x".repeat(15_000)).encode();
        assertCode(good.copy().put("msgParam", tooLong), "invalidParameter.msgParam.tooLong");
        platform.simulator().directory().addApp(App.of(TestPlatform.CORP, "other", "s", 5));
        assertCode(good.copy().put("robotCode", "other"), "invalidParameter.robotCode.auth");
        platform.set("robot.prohibited", List.of("hi"));
        assertCode(good, "contain.notAllowed.text");
    }

    private void assertCode(JsonObject body, String code) {
        Answer answer = platform.v1(Api.ROBOT_SEND.path(), token, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void aRobotThatIsTooFastIsTold() {
        platform.set("robot.callsPerMinute", 1);
        send("user000001");

        assertThat(send("user000002").code()).isEqualTo("send.too.fast");
    }

    @Test
    void readStatusKnowsRecallAndEndsAfterADay() {
        platform.set("robot.readPercent", 100);
        String key = send("user000001").json().getString("processQueryKey");
        String header = "x-acs-dingtalk-access-token";
        JsonObject status = platform.get(readStatusPath(key), header, token).json();
        assertThat(status.getString("sendStatus")).isEqualTo("SUCCESS");
        assertThat(status.getJsonArray("messageReadInfoList").getJsonObject(0).getString("readStatus"))
                .isEqualTo("READ");

        JsonObject recall =
                new JsonObject().put("robotCode", "dingapp").put("processQueryKeys", JsonArray.of(key, "x"));
        JsonObject recalled =
                platform.v1(Api.ROBOT_RECALL.path(), token, recall).json();
        assertThat(recalled.getJsonArray("successResult")).containsExactly(key);
        assertThat(recalled.getJsonObject("failedResult").getString("x")).isEqualTo("robot.processQueryKey.expired");
        assertThat(platform.get(readStatusPath(key), header, token).json().getString("sendStatus"))
                .isEqualTo("RECALLED");

        platform.simulator().directory().addApp(App.of(TestPlatform.CORP, "other", "s", 5));
        String others =
                platform.get("/gettoken?appkey=other&appsecret=s").json().getString("access_token");
        String asTheirs = readStatusPath(key).replace("robotCode=dingapp", "robotCode=other");
        assertThat(platform.get(asTheirs, header, others).code()).isEqualTo("processQueryKey.expireTime");

        platform.simulator().clock().advance(Duration.ofHours(25));
        Answer late = platform.get(readStatusPath(key), header, platform.token());
        assertThat(late.status()).isEqualTo(400);
        assertThat(late.code()).isEqualTo("processQueryKey.expireTime");
    }
}
