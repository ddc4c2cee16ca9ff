package dev.sluice.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.simulator.TestPlatform;
import dev.sluice.simulator.TestPlatform.Answer;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.http.Api;
import dev.sluice.simulator.ledger.CallRow;
import dev.sluice.simulator.ledger.Verdict;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultTest {
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

    private Answer meet(Effect effect) {
        platform.simulator().faults().add(FaultRule.next(1, Api.NOTICE_SEND, effect));
        return platform.notice(token, "user000001", "hi");
    }

    private CallRow lastCall() {
        List<CallRow> calls = platform.simulator().ledger().page(1, 10);
        return calls.getLast();
    }

    private long shown() {
        return platform.simulator().ledger().recipients(Verdict.SHOWN);
    }

    @Test
    void aConnectionClosedBeforeActingLeavesNoTraceButTheFault() {
        assertThat(meet(new Effect.ResetBefore()).status()).isEqualTo(-1);
        // The JDK's client repeats nothing that it has sent, so there is one call.
        assertThat(lastCall().processed()).isFalse();
        assertThat(lastCall().fault()).isEqualTo("ResetBefore");
        assertThat(shown()).isZero();
    }

    @Test
    void aConnectionClosedAfterActingHasShownTheMessageAndCost() {
        assertThat(meet(new Effect.ResetAfter()).status()).isEqualTo(-1);
        assertThat(shown()).isEqualTo(1);
        assertThat(lastCall().metered()).isTrue();
        assertThat(lastCall().outcome()).isEqualTo("0");
    }

    @Test
    void aLostRequestIsNeverActedOnNorAnswered() {
        platform.simulator().faults().add(FaultRule.next(1, Api.NOTICE_SEND, new Effect.RequestLost()));
        CompletableFuture<?> answer = platform.noticeLater(token, "user000001", "hi");
        platform.awaitCalls(2);
        assertThat(platform.notice(token, "user000002", "hi").errcode()).isZero();

        assertThat(answer).isNotDone();
        assertThat(shown()).isEqualTo(1);
        assertThat(platform.simulator().ledger().meteredCalls()).isEqualTo(1);
        answer.cancel(true);
    }

    @Test
    void aLostResponseWasActedOnAndCost() {
        platform.simulator().faults().add(FaultRule.next(1, Api.NOTICE_SEND, new Effect.ResponseLost()));
        CompletableFuture<?> answer = platform.noticeLater(token, "user000001", "hi");
        platform.awaitCalls(2);
        assertThat(platform.notice(token, "user000001", "hi").errcode()).isZero();

        assertThat(answer).isNotDone();
        assertThat(shown()).isEqualTo(1);
        assertThat(platform.simulator().ledger().recipients(Verdict.SAME_CONTENT))
                .isEqualTo(1);
        assertThat(platform.simulator().ledger().meteredCalls()).isEqualTo(2);
        answer.cancel(true);
    }

    @Test
    void aServerErrorIsNotActedOn() {
        assertThat(meet(Effect.serverError(503)).status()).isEqualTo(503);
        assertThat(meet(Effect.tooManyRequests()).code()).isEqualTo("system.busy");
        assertThat(shown()).isZero();
        assertThat(platform.simulator().ledger().meteredCalls()).isZero();
    }

    @Test
    void aCallThatIsAnsweredByAFaultIsItsAppsCallAllTheSame() {
        meet(Effect.serverError(503));
        meet(new Effect.Throttle());

        assertThat(lastCall().appKey()).isEqualTo(TestPlatform.APP_KEY);
        assertThat(lastCall().corpId()).isEqualTo(TestPlatform.CORP);
        assertThat(platform.simulator()
                        .ledger()
                        .worstWindow(TestPlatform.APP_KEY, Api.NOTICE_SEND, Duration.ofMinutes(1)))
                .isEqualTo(2);
        platform.simulator().directory().addRobot(WebhookRobot.of(TestPlatform.CORP, "ops", "hook"));
        platform.simulator().faults().add(FaultRule.next(1, Api.WEBHOOK_SEND, Effect.serverError(503)));
        platform.postJson("/robot/send?access_token=hook", TestPlatform.text("hi"));
        assertThat(lastCall().corpId()).isEqualTo(TestPlatform.CORP);
    }

    @Test
    void garbageIsActedOn() {
        assertThat(meet(Effect.garbage()).text()).startsWith("{\"errcode\":0,\"task_i");
        assertThat(shown()).isEqualTo(1);
    }

    @Test
    void aSlowBodyArrivesWhole() {
        assertThat(meet(new Effect.SlowBody(20, 1)).errcode()).isZero();
    }

    @Test
    void aThrottleLooksLikeTheRealOne() {
        assertThat(meet(new Effect.Throttle()).subCode()).isEqualTo("90018");
        assertThat(platform.simulator().ledger().throttleAnswers()).isEqualTo(1);
        assertThat(shown()).isZero();
    }

    @Test
    void aRevokedTokenIsReplacedByTheNextFetch() {
        assertThat(meet(new Effect.RevokeToken()).subCode()).isEqualTo("40014");
        token = platform.token();
        assertThat(platform.notice(token, "user000001", "hi").errcode()).isZero();
    }

    @Test
    void delaysAddUpAndLeaveTheAnswerAlone() {
        platform.simulator().faults().add(FaultRule.always(new Effect.DelayBefore(new Latency.Uniform(1, 3))));
        platform.simulator().faults().add(FaultRule.always(new Effect.DelayAfter(new Latency.Fixed(2))));
        assertThat(platform.notice(token, "user000001", "hi").errcode()).isZero();
        assertThat(lastCall().fault()).isEqualTo("DelayBefore+DelayAfter");
    }

    @Test
    void aRuleSkipsMeetsItsCountAndConcernsItsAppOnly() {
        Faults faults = platform.simulator().faults();
        long id = faults.add(new FaultRule("dingapp", Api.NOTICE_SEND, "", 100, 1, 1, 1, new Effect.Throttle()));
        assertThat(platform.notice(token, "user000001", "a").errcode()).isZero();
        assertThat(platform.notice(token, "user000001", "b").errcode()).isEqualTo(88);
        assertThat(platform.notice(token, "user000001", "c").errcode()).isZero();
        assertThat(faults.met(id)).isEqualTo(1);
        assertThat(faults.meet("another", Api.NOTICE_SEND, Buffer.buffer()).effects())
                .isEmpty();
    }

    @Test
    void aRuleMeetsOnlyTheCallsThatNameItsPersonOrHaveItsWord() {
        Effect refusal = new Effect.Answer(200, "application/json", "{\"errcode\":60121,\"errmsg\":\"找不到该用户\"}", false);
        platform.simulator().faults().add(FaultRule.containing("user000002", Api.NOTICE_SEND, refusal));
        platform.simulator().faults().add(FaultRule.containing("毒", Api.NOTICE_SEND, new Effect.Throttle()));
        assertThat(platform.notice(token, "user000001,user000002,user000003", "a")
                        .errcode())
                .isEqualTo(60121);
        assertThat(platform.notice(token, "user000001,user000003", "毒").subCode())
                .isEqualTo("90018");
        assertThat(shown()).isZero();
        assertThat(platform.notice(token, "user000001,user000003", "a").errcode())
                .isZero();
        assertThat(shown()).isEqualTo(2);
    }

    @Test
    void aShareIsDrawnWithItsSeed() {
        Faults faults = new Faults();
        long id = faults.add(FaultRule.share(10, Api.NOTICE_SEND, 7, new Effect.RequestLost()));
        for (int i = 0; i < 1000; i++) {
            faults.meet("", Api.NOTICE_SEND, Buffer.buffer());
        }
        assertThat(faults.met(id)).isBetween(70L, 130L);
    }

    @Test
    void lognormalDelaysHaveTheirMedianAndTheirCap() {
        SplittableRandom random = new SplittableRandom(3);
        Latency latency = new Latency.Lognormal(50, 1, 400);
        List<Long> delays = random.longs(1001)
                .map(ignored -> latency.nextMillis(random))
                .sorted()
                .boxed()
                .toList();
        assertThat(delays.get(500)).isBetween(40L, 60L);
        assertThat(delays.getLast()).isLessThanOrEqualTo(400);
    }
}
