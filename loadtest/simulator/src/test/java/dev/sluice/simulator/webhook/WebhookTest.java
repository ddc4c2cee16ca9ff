package dev.sluice.simulator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulator.TestPlatform;
import dev.sluice.simulator.TestPlatform.Answer;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.ledger.ContentHash;
import dev.sluice.simulator.limit.IpRange;
import dev.sluice.simulator.limit.MonthMeter.Pool;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private TestPlatform platform;

    @BeforeEach
    void start() {
        platform = new TestPlatform();
        platform.simulator().clock().freeze();
        platform.simulator().directory().addRobot(WebhookRobot.of(TestPlatform.CORP, "ops", "token"));
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private Answer send(String query, JsonObject body) {
        return platform.postJson("/robot/send?access_token=token" + query, body);
    }

    private int sendText(String text) {
        return send("", TestPlatform.text(text)).errcode();
    }

    @Test
    void theTwentyFirstMessageOfAMinuteStartsTenMinutesOfSilence() {
        for (int i = 0; i < 20; i++) {
            assertThat(sendText("m" + i)).isZero();
        }
        assertThat(sendText("one too many")).isEqualTo(130101);
        platform.simulator().clock().advance(Duration.ofMillis(599_999));
        assertThat(sendText("still silent")).isEqualTo(130101);
        platform.simulator().clock().advance(Duration.ofMillis(1));
        assertThat(sendText("again")).isZero();
        assertThat(platform.simulator().ledger().throttleAnswers()).isEqualTo(2);
        assertThat(platform.simulator().month().used(TestPlatform.CORP, Pool.WEBHOOK))
                .isEqualTo(21);
    }

    @Test
    void aPenaltyCanStartAgainWithEveryAttempt() {
        platform.set("webhook.messagesPerMinute", 1);
        platform.set("webhook.penaltyRestarts", true);
        sendText("a");
        sendText("b");
        platform.simulator().clock().advance(Duration.ofMinutes(9));
        sendText("c");
        platform.simulator().clock().advance(Duration.ofMinutes(9));
        assertThat(sendText("d")).isEqualTo(130101);
    }

    @Test
    void theSameMsgUuidIsShownOnceWithinItsLife() {
        JsonObject message = TestPlatform.text("hi").put("msgUuid", "u-1");
        assertThat(send("", message).errcode()).isZero();
        assertThat(send("", message).errcode()).isZero();
        long hash = ContentHash.of(TestPlatform.text("hi"));
        assertThat(platform.simulator().ledger().shownCount(TestPlatform.CORP, "robot:ops", hash))
                .isEqualTo(1);

        platform.simulator().clock().advance(Duration.ofHours(1));
        send("", message);
        assertThat(platform.simulator().ledger().shownCount(TestPlatform.CORP, "robot:ops", hash))
                .isEqualTo(2);
    }

    @Test
    void aSignatureIsCheckedWithItsTimestamp() {
        platform.simulator()
                .directory()
                .addRobot(new WebhookRobot(TestPlatform.CORP, "ops", "token", "SECx", List.of(), List.of()));
        String now = Long.toString(platform.simulator().clock().wallMillis());
        String sign = TestPlatform.encoded(WebhookSecurity.sign("SECx", now));

        assertThat(send("&timestamp=" + now + "&sign=" + sign, TestPlatform.text("hi"))
                        .errcode())
                .isZero();
        assertThat(send("&timestamp=" + now + "&sign=wrong", TestPlatform.text("hi"))
                        .json()
                        .getString("errmsg"))
                .isEqualTo("sign not match");
        platform.simulator().clock().advance(Duration.ofMinutes(61));
        Answer late = send("&timestamp=" + now + "&sign=" + sign, TestPlatform.text("hi"));
        assertThat(late.errcode()).isEqualTo(310000);
        assertThat(late.json().getString("errmsg")).isEqualTo("invalid timestamp");
    }

    @Test
    void theSignatureIsTheOneOfTheReferenceVectors() {
        assertThat(WebhookSecurity.sign("this is a secret", "1577262236757"))
                .isEqualTo("DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=");
        assertThat(WebhookSecurity.sign("SECtest123", "1700000000000"))
                .isEqualTo("w3RMHXzixTMdzr8OHJUmVLS4IoPJVdu+Ut1LE48MePE=");
    }

    @Test
    void keywordsAndAddressesAreChecked() {
        platform.simulator()
                .directory()
                .addRobot(new WebhookRobot(TestPlatform.CORP, "ops", "token", "", List.of("alarm"), List.of()));
        assertThat(sendText("hello")).isEqualTo(310000);
        assertThat(sendText("an alarm")).isZero();
        platform.simulator()
                .directory()
                .addRobot(new WebhookRobot(TestPlatform.CORP, "ops", "token", "", List.of("text", "告警"), List.of()));
        assertThat(sendText("hello")).as("a keyword that only names a field").isEqualTo(310000);
        String escaped = "{\"msgtype\":\"text\",\"text\":{\"content\":\"\\u544a\\u8b66\"}}";
        assertThat(platform.post("/robot/send?access_token=token", "application/json", escaped)
                        .errcode())
                .as("a keyword that was escaped on its way")
                .isZero();
        platform.simulator()
                .directory()
                .addRobot(new WebhookRobot(
                        TestPlatform.CORP, "ops", "token", "", List.of(), List.of(new IpRange("10.1.0.0/16"))));
        assertThat(send("", TestPlatform.text("hi")).json().getString("errmsg"))
                .isEqualTo("ip 127.0.0.1 not in whitelist");
    }

    @Test
    void everyBadMessageHasItsCodeInsideHttp200() {
        String path = "/robot/send?access_token=token";
        assertThat(platform.post(path, "application/json", "{").errcode()).isEqualTo(40035);
        assertThat(platform.post(path, "text/plain", "{}").errcode()).isEqualTo(43004);
        assertThat(send("", new JsonObject().put("msgtype", "poem")).errcode()).isEqualTo(400105);
        assertThat(send("", new JsonObject().put("msgtype", "text")).errcode()).isEqualTo(400402);
        assertThat(sendText("x".repeat(20_000))).isEqualTo(460101);
        assertThat(platform.postJson("/robot/send?access_token=no", TestPlatform.text("hi"))
                        .errcode())
                .isEqualTo(300005);
        assertThat(platform.postJson("/robot/send", TestPlatform.text("hi")).errcode())
                .isEqualTo(40035);
        platform.set("webhook.prohibited", List.of("gambling"));
        assertThat(sendText("gambling")).isEqualTo(430102);
    }

    @Test
    void theWebhookPoolOfTheMonthHasAnEnd() {
        platform.simulator().month().spend(TestPlatform.CORP, Pool.WEBHOOK, 5000);

        assertThat(sendText("hi")).isEqualTo(90030);
    }
}
