package dev.sluice.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulator.TestPlatform;
import dev.sluice.simulator.TestPlatform.Answer;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.limit.IpRange;
import dev.sluice.simulator.limit.MonthMeter.Pool;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final String SEND = "/topapi/message/corpconversation/asyncsend_v2";
    private static final String BATCH_SEND = "/v1.0/robot/oToMessages/batchSend";

    private TestPlatform platform;
    private String token;

    @BeforeEach
    void start() {
        platform = new TestPlatform();
        token = platform.token();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private Answer robot() {
        return platform.v1(BATCH_SEND, token, TestPlatform.robotMessage("hi", "user000001"));
    }

    @Test
    void aTokenOfOneFamilyOpensTheOther() {
        JsonObject credentials =
                new JsonObject().put("appKey", TestPlatform.APP_KEY).put("appSecret", TestPlatform.APP_SECRET);
        Answer answer = platform.postJson("/v1.0/oauth2/accessToken", credentials);

        assertThat(answer.json())
                .isEqualTo(new JsonObject().put("accessToken", token).put("expireIn", 7200));
    }

    @Test
    void theTokenOfACorpIsAskedForByItsPath() {
        JsonObject credentials = new JsonObject()
                .put("client_id", TestPlatform.APP_KEY)
                .put("client_secret", TestPlatform.APP_SECRET)
                .put("grant_type", "client_credentials");

        assertThat(platform.postJson("/v1.0/oauth2/dingcorp/token", credentials)
                        .json()
                        .getString("access_token"))
                .isEqualTo(token);
        Answer elsewhere = platform.postJson("/v1.0/oauth2/bogus/token", credentials);
        assertThat(elsewhere.status()).isEqualTo(500);
        assertThat(elsewhere.code()).isEqualTo("unknownError");
    }

    @Test
    void wrongCredentialsAreRefusedInEachFamilysWords() {
        assertThat(platform.get("/gettoken?appkey=x&appsecret=y").errcode()).isEqualTo(40096);
        assertThat(platform.get("/gettoken").errcode()).isEqualTo(40035);
        JsonObject credentials = new JsonObject().put("appKey", "x").put("appSecret", "y");
        Answer answer = platform.postJson("/v1.0/oauth2/accessToken", credentials);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalidClientIdOrSecret");
        assertThat(answer.json().getString("requestid")).isNotBlank();
    }

    @Test
    void aBadTokenComesInTheWrapperOnTopapiAndAsHttp400OnTheNewHost() {
        Answer old = platform.notice("nonsense", "user000001", "hi");
        assertThat(old.status()).isEqualTo(200);
        assertThat(old.errcode()).isEqualTo(88);
        assertThat(old.subCode()).isEqualTo("40014");
        assertThat(old.json().getString("errmsg")).startsWith("ding talk error[subcode=40014,submsg=");

        Answer modern = platform.v1(BATCH_SEND, "nonsense", TestPlatform.robotMessage("hi", "user000001"));
        assertThat(modern.status()).isEqualTo(400);
        assertThat(modern.code()).isEqualTo("InvalidAuthentication");
    }

    @Test
    void aMissingTokenIsNamedSo() {
        assertThat(platform.postJson(SEND, new JsonObject()).subCode()).isEqualTo("40000");
        Answer inWrongPlace = platform.postJson(BATCH_SEND + "?access_token=" + token, new JsonObject());
        assertThat(inWrongPlace.code()).isEqualTo("AuthenticationFailed.MissingParameter");
    }

    @Test
    void aTokenEndsAfterTwoHoursAndAFreshOneDiffers() {
        platform.simulator().clock().advance(Duration.ofHours(2));

        assertThat(platform.notice(token, "user000001", "hi").subCode()).isEqualTo("42001");
        assertThat(platform.token()).isNotEqualTo(token);
    }

    @Test
    void askingAgainInsideTheLifeRenewsTheSameToken() {
        platform.simulator().clock().advance(Duration.ofMinutes(90));
        assertThat(platform.token()).isEqualTo(token);
        platform.simulator().clock().advance(Duration.ofMinutes(90));
        assertThat(platform.notice(token, "user000001", "hi").errcode()).isZero();
    }

    @Test
    void theTwentyFirstCallInAWindowIsThrottledAndNotMetered() {
        platform.set("qps.windowMillis", 3_600_000);
        for (int i = 0; i < 20; i++) {
            assertThat(robot().status()).isEqualTo(200);
        }
        Answer refused = robot();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi");
        assertThat(platform.simulator().ledger().throttleAnswers()).isEqualTo(1);
        assertThat(platform.simulator().ledger().meteredCalls()).isEqualTo(20);
        assertThat(platform.simulator().month().used(TestPlatform.CORP, Pool.API))
                .isEqualTo(20);
        platform.simulator().clock().advance(Duration.ofHours(1));
        token = platform.token();
        assertThat(robot().status()).isEqualTo(200);
    }

    @Test
    void anApiWithoutAnyCallsLeftIsThrottledInTheWrapper() {
        platform.set("qps.apis", Map.of(SEND, 0));

        assertThat(platform.notice(token, "user000001", "hi").subCode()).isEqualTo("90018");
        assertThat(robot().status()).isEqualTo(200);
    }

    @Test
    void thePlatformsOwnLimitHasItsOwnCode() {
        platform.simulator().clock().freeze();
        platform.simulator().clock().advanceTo(Instant.parse("2099-05-12T01:00:01Z"));
        token = platform.token();
        platform.set("qps.platform", 1);
        platform.set("qps.windowMillis", 3_600_000);
        assertThat(platform.notice(token, "user000001", "a").errcode()).isZero();
        Answer refused = platform.notice(token, "user000001", "b");
        assertThat(refused.subCode()).isEqualTo("90002");
        assertThat(refused.json().getString("sub_msg"))
                .endsWith("从 2099-05-12 08:00:01 到 2099-05-12 09:00:01 请求总次数超过 1 次, 限制将在 2099-05-12 09:00:02 结束");
    }

    @Test
    void theMonthEndsWithItsQuotaNamedAndStartsAgainOnTheFirst() {
        platform.simulator().month().spend(TestPlatform.CORP, Pool.API, 9_999);
        assertThat(robot().status()).isEqualTo(200);

        Answer old = platform.notice(token, "user000001", "hi");
        assertThat(old.subCode()).isEqualTo("90020");
        assertThat(old.json().getString("sub_msg")).contains("10000");
        Answer modern = robot();
        assertThat(modern.status()).isEqualTo(403);
        assertThat(modern.code()).isEqualTo("Forbidden.AccessDenied.ApiCountLimitForOrg");
        Answer lookUp = platform.oapi("/topapi/user/listid", token, new JsonObject().put("dept_id", 1));
        assertThat(lookUp.errcode()).isZero();

        platform.simulator().clock().advance(Duration.ofDays(31));
        token = platform.token();
        assertThat(robot().status()).isEqualTo(200);
    }

    @Test
    void graceLetsCallsPassAfterExhaustionAndAnUpgradeWorksAtOnce() {
        platform.set("month.graceHours", 1);
        platform.simulator().clock().freeze();
        platform.simulator().month().spend(TestPlatform.CORP, Pool.API, 10_000);
        assertThat(robot().status()).isEqualTo(200);
        platform.simulator().clock().advance(Duration.ofHours(1));
        assertThat(robot().status()).isEqualTo(403);
        platform.organisation().setTier("professional");
        assertThat(robot().status()).isEqualTo(200);
    }

    @Test
    void anAppWithoutThePermissionOrFromAnotherAddressIsRefused() {
        App app = new App(TestPlatform.CORP, "narrow", "s", 9, "narrow", Set.of("other"), List.of());
        platform.simulator().directory().addApp(app);
        String narrow =
                platform.get("/gettoken?appkey=narrow&appsecret=s").json().getString("access_token");
        Answer modern = platform.v1(BATCH_SEND, narrow, TestPlatform.robotMessage("hi", "user000001"));
        assertThat(modern.status()).isEqualTo(403);
        assertThat(modern.json().getJsonObject("accessdenieddetail").getJsonArray("requiredScopes"))
                .containsExactly("qyapi_robot_sendmsg");
        Answer old = platform.oapi("/topapi/user/listid", narrow, new JsonObject().put("dept_id", 1));
        assertThat(old.subCode()).isEqualTo("60011");

        platform.simulator()
                .directory()
                .addApp(new App(
                        TestPlatform.CORP,
                        TestPlatform.APP_KEY,
                        TestPlatform.APP_SECRET,
                        123,
                        TestPlatform.APP_KEY,
                        Set.of(),
                        List.of(new IpRange("10.0.0.0/8"))));
        assertThat(platform.notice(token, "user000001", "hi").subCode()).isEqualTo("60020");
        assertThat(robot().code()).isEqualTo("Forbidden.AccessDenied.IpNotInWhiteList");
    }

    @Test
    void anAddressOverItsLimitIsBannedForFiveMinutesWithABodyOutsideTheEnvelope() {
        platform.set("ip.calls", 3);
        platform.set("ip.trustForwardedFor", true);
        Answer answer = null;
        for (int i = 0; i < 4; i++) {
            answer = platform.get("/gettoken", "X-Forwarded-For", "1.2.3.4");
        }
        assertThat(answer.json().getString("source")).isEqualTo("x5");
        assertThat(platform.get("/gettoken", "X-Forwarded-For", "1.2.3.5").errcode())
                .isEqualTo(40035);
        assertThat(platform.simulator().ledger().worstWindowOfAddress(Duration.ofSeconds(20)))
                .as("calls of 1.2.3.4, banned ones too")
                .isEqualTo(4);

        platform.simulator().clock().advance(Duration.ofMinutes(4));
        platform.set("ip.answer", "HTML");
        assertThat(platform.get("/gettoken", "X-Forwarded-For", "1.2.3.4").text())
                .startsWith("<!DOCTYPE html>");
        platform.simulator().clock().advance(Duration.ofMinutes(1));
        assertThat(platform.get("/gettoken", "X-Forwarded-For", "1.2.3.4").errcode())
                .isEqualTo(40035);
    }
}
