package dev.sluice.engine.channel.dingtalk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.Channels;
import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.channel.Redaction;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.testkit.TestChannels;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyReadingTest {
    private static final String BAN =
            "{\"status\":1111,\"wait\":5,\"source\":\"x5\",\"punish\":\"deny\",\"uuid\":\"u\"}";
    private final Channels channels = new Channels(DingTalkChannels.adapters(AdapterOptions.strict()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "DINGTALK_WORK | 200 | {'errcode':0,'task_id':256271667526} | Accepted",
                "DINGTALK_WORK | 200 | {'errcode':'0','task_id':'256271667526'} | Accepted",
                "DINGTALK_WORK | 200 | {'errcode':88,'sub_code':'40014','errmsg':'x'} | TokenRejected",
                "DINGTALK_WORK | 200 | {'errcode':88,'errmsg':'ding talk error[subcode=90018,submsg=x]'} | Throttled",
                "DINGTALK_WORK | 200 | {'errcode':90002,'errmsg':'x'} | Throttled",
                "DINGTALK_WORK | 200 | {'errcode':88,'sub_code':'60020','sub_msg':'x'} | Unauthorised",
                "DINGTALK_WORK | 200 | {'errcode':70003,'errmsg':'x'} | Unauthorised",
                "DINGTALK_WORK | 200 | {'errcode':34016,'errmsg':'x'} | ContentRefused",
                "DINGTALK_WORK | 200 | {'errcode':40031,'errmsg':'x'} | RecipientsRefused",
                "DINGTALK_WORK | 200 | {'errcode':987654,'errmsg':'new'} | Temporary",
                "DINGTALK_WORK | 500 | {'errcode':-1,'errmsg':'busy'} | Temporary",
                "DINGTALK_WORK | 500 | {'code':'system.error','message':'x'} | Temporary",
                "DINGTALK_WORK | 502 | <html>Bad Gateway</html> | Unknown",
                "DINGTALK_WORK | 504 | '' | Unknown",
                "DINGTALK_WORK | 503 | {'code':'upstream_timeout','message':'x'} | Unknown",
                "DINGTALK_WORK | 500 | {'errcode':987654,'errmsg':'new'} | Unknown",
                "DINGTALK_WORK | 200 | {'errcode':0,'task | Unknown",
                "DINGTALK_WORK | 200 | {'hello':1} | Unknown",
                "DINGTALK_WORK | 302 | '' | Unknown",
                "DINGTALK_WORK | 300 | {'errcode':0,'task_id':256271667526} | Unknown",
                "DINGTALK_WORK | 502 | {'errcode':0,'task_id':256271667526} | Unknown",
                "DINGTALK_WORK | 400 | '' | Temporary",
                "DINGTALK_WORK | 500 | '' | Unknown",
                "DINGTALK_WORK | 500 | <html>Oops</html> | Unknown",
                "DINGTALK_WORK | 404 | nginx | Temporary",
                "DINGTALK_ROBOT | 403 | {'code':'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi','message':'x'} | Throttled",
                "DINGTALK_ROBOT | 403 | {'code':'Forbidden.AccessDenied.ApiCountLimitForOrg','message':'x'} | BudgetSpent",
                "DINGTALK_ROBOT | 403 | {'code':'Forbidden.AccessDenied.AccessTokenPermissionDenied','message':'x'} | Unauthorised",
                "DINGTALK_ROBOT | 400 | {'Code':'InvalidAuthentication','Message':'x'} | TokenRejected",
                "DINGTALK_ROBOT | 429 | {'code':'system.busy','message':'x'} | Throttled",
                "DINGTALK_ROBOT | 503 | {'code':'system.busy','message':'x'} | Temporary",
                "DINGTALK_ROBOT | 500 | {'code':'never.seen','message':'x'} | Unknown",
                "DINGTALK_ROBOT | 400 | {'code':'never.seen','message':'x'} | Temporary",
                "DINGTALK_ROBOT | 400 | {'code':'invalidParameter.msgParam.tooLong','message':'x'} | ContentRefused",
                "DINGTALK_ROBOT | 200 | {'errcode':404,'errmsg':'x'} | Unauthorised",
                "DINGTALK_ROBOT | 200 | {'success':true} | Unknown",
                "DINGTALK_ROBOT | 200 | {'processQueryKey':'k'} | Accepted",
                "DINGTALK_ROBOT | 502 | {'processQueryKey':'k'} | Unknown",
                "DINGTALK_WEBHOOK | 200 | {'errcode':310000,'errmsg':'sign not match'} | Unauthorised",
                "DINGTALK_WEBHOOK | 502 | {'code':502,'message':'Bad Gateway'} | Unknown",
                "DINGTALK_WEBHOOK | 200 | {'errcode':310000,'errmsg':'keywords not in content, more: [https://ding-doc]'} | ContentRefused",
                "DINGTALK_WEBHOOK | 200 | {'errcode':430103,'errmsg':'x'} | ContentRefused",
                "DINGTALK_WEBHOOK | 200 | {'errcode':0,'errmsg':'ok'} | Accepted",
            })
    void anAnswerMeans(ChannelKind kind, int status, String body, String outcome) {
        assertThat(read(kind, status, body.equals("''") ? "" : body.replace('\'', '"'))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"DINGTALK_WORK", "DINGTALK_ROBOT", "DINGTALK_WEBHOOK"})
    void theAddressBanIsReadFromEitherOfItsForms(ChannelKind kind) {
        for (String answer : List.of(BAN, " <!DOCTYPE html><html></html>")) {
            for (int status : new int[] {200, 403}) {
                assertThat(read(kind, status, answer))
                        .isInstanceOfSatisfying(CallOutcome.Throttled.class, throttled -> {
                            assertThat(throttled.scope()).isEqualTo(ThrottleScope.EGRESS_IP);
                            assertThat(throttled.waitMillis()).isEqualTo(300_000);
                        });
            }
        }
    }

    /** Every lane of the kind rests for a throttle of the platform: another tenant's app or month is no reason. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "system.busy | PLATFORM",
                "Forbidden.AccessDenied.QpsLimitForApi | PLATFORM",
                "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi | APP_AND_API",
                "send.too.fast | APP_AND_API",
                "nobody.knows.this | APP_AND_API"
            })
    void tooManyRequestsHoldsThoseWhomItsCodeIsAbout(String code, ThrottleScope scope) {
        assertThat(read(ChannelKind.DINGTALK_ROBOT, 429, "{\"code\":\"" + code + "\",\"message\":\"x\"}"))
                .isInstanceOfSatisfying(
                        CallOutcome.Throttled.class,
                        throttled -> assertThat(throttled.scope()).isEqualTo(scope));
    }

    @Test
    void aSpentMonthIsOneWhateverItsStatus() {
        for (int status : new int[] {403, 429}) {
            assertThat(read(
                            ChannelKind.DINGTALK_ROBOT,
                            status,
                            "{\"code\":\"Forbidden.AccessDenied.ApiCountLimitForOrg\",\"message\":\"x\"}"))
                    .isInstanceOf(CallOutcome.BudgetSpent.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"130101", "410100", "660026"})
    void aWebhookRobotThatWasTooFastIsSilentForTenMinutes(String code) {
        assertThat(read(ChannelKind.DINGTALK_WEBHOOK, 200, "{\"errcode\":" + code + ",\"errmsg\":\"x\"}"))
                .isInstanceOfSatisfying(CallOutcome.Throttled.class, throttled -> {
                    assertThat(throttled.scope()).isEqualTo(ThrottleScope.CHANNEL);
                    assertThat(throttled.waitMillis()).isEqualTo(600_000);
                });
    }

    @Test
    void aPlatformThrottleLastsUntilTheEndThatItsTextNames() {
        String text =
                "apiPath(x), 从 2026-05-12 09:00:00 到 2026-05-12 09:00:01 请求总次数超过 1200 次, 限制将在 2026-05-12 09:00:04 结束";

        assertThat(read(
                        ChannelKind.DINGTALK_WORK,
                        200,
                        "{\"errcode\":88,\"sub_code\":\"90002\",\"sub_msg\":\"" + text + "\"}"))
                .isInstanceOfSatisfying(
                        CallOutcome.Throttled.class,
                        throttled -> assertThat(throttled.waitMillis()).isEqualTo(4_000));
    }

    @Test
    void anExhaustedMonthTellsWhatItsTextTells() {
        assertThat(read(ChannelKind.DINGTALK_WORK, 200, "{\"errcode\":90020,\"errmsg\":\"已使用 10,003 次, 总配额 10000 次\"}"))
                .isInstanceOfSatisfying(CallOutcome.BudgetSpent.class, spent -> {
                    assertThat(spent.used()).isEqualTo(OptionalLong.of(10_003));
                    assertThat(spent.quota()).isEqualTo(OptionalLong.of(10_000));
                });
        assertThat(read(ChannelKind.DINGTALK_WORK, 200, "{\"errcode\":90020,\"errmsg\":\"no numbers\"}"))
                .isInstanceOfSatisfying(
                        CallOutcome.BudgetSpent.class,
                        spent -> assertThat(spent.used()).isEmpty());
    }

    @Test
    void adviceNamesTheAddressAndThePermission() {
        assertThat(
                        read(
                                ChannelKind.DINGTALK_WORK,
                                200,
                                "{\"errcode\":88,\"sub_code\":\"60020\",\"sub_msg\":\"访问ip不在白名单之中,request ip=203.0.113.9,appKey(k)\"}"))
                .isInstanceOfSatisfying(
                        CallOutcome.Unauthorised.class,
                        refused -> assertThat(refused.advice()).contains("203.0.113.9"));
        assertThat(
                        read(
                                ChannelKind.DINGTALK_ROBOT,
                                403,
                                "{\"code\":\"Forbidden.AccessDenied.AccessTokenPermissionDenied\",\"message\":\"x\",\"accessdenieddetail\":{\"requiredScopes\":[\"qyapi_robot_sendmsg\"]}}"))
                .isInstanceOfSatisfying(
                        CallOutcome.Unauthorised.class,
                        refused -> assertThat(refused.advice()).contains("qyapi_robot_sendmsg"));
    }

    @Test
    void peopleLeftOutInsideASuccessAreNamedOnceAndOnlyIfTheyTravelled() {
        String answer =
                "{\"processQueryKey\":\"K\",\"invalidStaffIdList\":[\"u2\",\"stranger\",7],\"flowControlledStaffIdList\":[\"u3\",\"u2\"],\"filteredStaffIdList\":[\"u1\"]}";

        assertThat(read(ChannelKind.DINGTALK_ROBOT, 200, answer))
                .isInstanceOfSatisfying(CallOutcome.Accepted.class, accepted -> {
                    assertThat(accepted.platformRef()).isEqualTo("K");
                    assertThat(accepted.refused())
                            .extracting(CallOutcome.RefusedRecipient::recipient)
                            .containsExactly("u2", "u1", "u3");
                    assertThat(accepted.refused())
                            .extracting(CallOutcome.RefusedRecipient::retryable)
                            .containsExactly(false, false, true);
                });
    }

    @Test
    void aDropIsNeverShownAsDelivered() {
        ReceiptProtocol receipts =
                channels.adapter(ChannelKind.DINGTALK_WORK).receipts().orElseThrow();
        String answer =
                "{\"errcode\":0,\"send_result\":{\"read_user_id_list\":[\"a\"],\"unread_user_id_list\":[\"b\",\"c\"],\"invalid_user_id_list\":[\"d\"],\"forbidden_user_id_list\":[\"c\",\"e\"],\"forbidden_list\":[{\"code\":\"143106\",\"count\":1,\"userid\":\"c\"}]}}";

        assertThat(receipts.read(reply(200, answer))).isInstanceOfSatisfying(ReceiptResult.Complete.class, complete -> {
            assertThat(complete.delivered()).containsExactly("a", "b");
            assertThat(complete.dropped())
                    .extracting(ReceiptProtocol.Dropped::recipient)
                    .containsExactly("c", "d", "e");
            assertThat(complete.dropped())
                    .extracting(ReceiptProtocol.Dropped::disposition)
                    .containsExactly(
                            Disposition.DROPPED_SAME_CONTENT,
                            Disposition.INVALID_RECIPIENT,
                            Disposition.REFUSED_OTHERWISE);
        });
        assertThat(receipts.read(reply(200, "{\"errcode\":0,\"send_result\":{}}")))
                .isInstanceOf(ReceiptResult.Pending.class);
        assertThat(receipts.read(reply(200, "{\"errcode\":400002,\"errmsg\":\"x\"}")))
                .isInstanceOf(ReceiptResult.Gone.class);
        assertThat(receipts.read(reply(502, ""))).isInstanceOf(ReceiptResult.Failed.class);
    }

    @Test
    void anyBytesGiveAnOutcome() {
        long seed = System.nanoTime();
        System.out.println("anyBytesGiveAnOutcome seed " + seed);
        Random random = new Random(seed);
        List<String> seeds = List.of(
                "{\"errcode\":88,\"sub_code\":\"90002\",\"sub_msg\":\"从 2026-05-12 09:00:00 到 2026-13-12 09:00:01\"}",
                "{\"errcode\":0,\"send_result\":{\"forbidden_list\":[{\"code\":\"1\",\"userid\":\"u1\"}],\"read_user_id_list\":[[]]}}",
                "{\"code\":\"x\",\"accessdenieddetail\":{\"requiredScopes\":[{}]},\"message\":null}",
                "{\"processQueryKey\":\"K\",\"invalidStaffIdList\":[{\"a\":1},null,\"u1\"]}",
                "[".repeat(1_200),
                "{\"a\":".repeat(1_200),
                "\u0000\u0001",
                BAN);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).getBytes(StandardCharsets.UTF_8);
            for (int flips = random.nextInt(6); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : "{}[]\",:019-".charAt(random.nextInt(11)));
            }
            PlatformReply reply = new PlatformReply(
                    100 + random.nextInt(500),
                    Buffer.buffer(bytes).getBuffer(0, random.nextInt(bytes.length + 1)),
                    Redaction.OF_NOTHING);
            for (ChannelKind kind : ChannelKind.values()) {
                ChannelAdapter adapter = channels.adapter(kind);
                assertThat(adapter.read(reply, plan(kind))).isNotNull();
                adapter.receipts()
                        .ifPresent(receipts -> assertThat(receipts.read(reply)).isNotNull());
            }
        }
    }

    private CallOutcome read(ChannelKind kind, int status, String body) {
        return channels.adapter(kind).read(reply(status, body), plan(kind));
    }

    private static CallPlan plan(ChannelKind kind) {
        return new CallPlan(1, "k", TestChannels.channel(kind), "{}", List.of("u1", "u2", "u3"));
    }

    private static PlatformReply reply(int status, String body) {
        return new PlatformReply(status, Buffer.buffer(body), Redaction.OF_NOTHING);
    }
}
