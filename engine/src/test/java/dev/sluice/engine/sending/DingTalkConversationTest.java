package dev.sluice.engine.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallPlan;
import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.Channels;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.ReceiptProtocol;
import dev.sluice.engine.channel.ReceiptProtocol.ReceiptResult;
import dev.sluice.engine.channel.dingtalk.AdapterOptions;
import dev.sluice.engine.channel.dingtalk.DingTalkChannels;
import dev.sluice.engine.channel.dingtalk.DingTalkTokens;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.Disposition;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.testkit.ManualClock;
import dev.sluice.engine.testkit.NoLimits;
import dev.sluice.engine.testkit.TestChannels;
import dev.sluice.engine.time.EngineClock;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import dev.sluice.simulator.directory.App;
import dev.sluice.simulator.directory.WebhookRobot;
import dev.sluice.simulator.fault.Effect;
import dev.sluice.simulator.fault.FaultRule;
import dev.sluice.simulator.http.Api;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters, client and tokens against the simulated platform over HTTP. */
class DingTalkConversationTest {
    private static final PlatformClientOptions OPTIONS = new PlatformClientOptions(4_000, 6_000, 1 << 20, 8, 2_000, 30);
    private final Vertx vertx = Vertx.vertx();
    private final ManualClock clock = ManualClock.at("2026-11-21T08:00:00Z");
    private final Channels channels = new Channels(DingTalkChannels.adapters(AdapterOptions.strict()));
    private Simulator simulator;
    private PlatformClient client;
    private TokenCache tokens;

    @BeforeEach
    void start() {
        simulator = Simulator.start(vertx, SimulatorOptions.defaults()).await();
        simulator.directory().addOrganisation("dingcorp", "standard").people().addRange("user", 1_000);
        simulator
                .directory()
                .addApp(App.of("dingcorp", TestChannels.APP_KEY, TestChannels.APP_SECRET, TestChannels.AGENT_ID));
        simulator.directory().addRobot(WebhookRobot.of("dingcorp", "group", "hook"));
        String base = simulator.baseUri().toString();
        client = new PlatformClient(
                vertx,
                new PlatformAddresses(Map.of(ApiFamily.DINGTALK_OAPI, base, ApiFamily.DINGTALK_API, base)),
                OPTIONS,
                EngineClock.system());
        tokens = new TokenCache(
                vertx,
                new TokenCalls(
                        vertx,
                        client,
                        Map.of(
                                ApiFamily.DINGTALK_OAPI,
                                new DingTalkTokens(ApiFamily.DINGTALK_OAPI, AdapterOptions.strict()),
                                ApiFamily.DINGTALK_API,
                                new DingTalkTokens(ApiFamily.DINGTALK_API, AdapterOptions.strict())),
                        new NoLimits(),
                        new SlotTiming(200, 6_000, 1_000),
                        clock),
                clock,
                new Random(1));
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'msgtype':'text','text':{'content':'hi'}}",
                "{'msgtype':'markdown','markdown':{'title':'t','text':'# 中文'}}",
                "{'msgtype':'link','link':{'messageUrl':'eapp://page?a=b','picUrl':'@p','title':'t','text':'x'}}",
                "{'msgtype':'image','image':{'media_id':'@m'}}",
                "{'msgtype':'file','file':{'media_id':'@m'}}",
                "{'msgtype':'voice','voice':{'media_id':'@m','duration':'10'}}",
                "{'msgtype':'oa','oa':{'message_url':'http://a','head':{'bgcolor':'FFBBBBBB','text':'h'},'body':{'title':'t','form':[{'key':'a','value':'b'}],'rich':{'num':'1','unit':'元'},'content':'c','image':'@i','file_count':'3','author':'w'}}}",
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','single_title':'s','single_url':'http://a'}}",
                "{'msgtype':'action_card','action_card':{'title':'t','markdown':'m','btn_orientation':'1','btn_json_list':[{'title':'a','action_url':'http://a'}]}}",
            })
    void aWorkNoticeOfEveryTypeIsTakenAndItsReceiptAccountsForEverybody(String content) {
        ReceiptProtocol receipts = adapter(ChannelKind.DINGTALK_WORK).receipts().orElseThrow();

        CallOutcome.Accepted accepted =
                accepted(send(ChannelKind.DINGTALK_WORK, content, "user000001", "nobody", "user000002"));
        simulator.clock().advance(Duration.ofMinutes(1));
        PlatformResult answer = client.call(receipts.request(
                        channel(ChannelKind.DINGTALK_WORK), accepted.platformRef(), token(ApiFamily.DINGTALK_OAPI)))
                .await();

        assertThat(receipts.read(((PlatformResult.Replied) answer).reply()))
                .isInstanceOfSatisfying(ReceiptResult.Complete.class, complete -> {
                    assertThat(complete.delivered()).containsExactlyInAnyOrder("user000001", "user000002");
                    assertThat(complete.dropped())
                            .containsExactly(new ReceiptProtocol.Dropped(
                                    "nobody", Disposition.INVALID_RECIPIENT, "invalid_user_id_list"));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'msgtype':'text','text':{'content':'\\\"hi\\\"'}}",
                "{'msgtype':'voice','voice':{'media_id':'@m','duration':'10'}}",
                "{'msgKey':'sampleVideo','msgParam':{'duration':'3','videoMediaId':'@v','videoType':'mp4','picMediaId':'@p'}}",
            })
    void aRobotMessageNamesWhomItLeftOut(String content) {
        CallOutcome.Accepted accepted = accepted(send(ChannelKind.DINGTALK_ROBOT, content, "user000001", "nobody"));

        assertThat(accepted.platformRef()).isNotEmpty();
        assertThat(accepted.refused())
                .extracting(CallOutcome.RefusedRecipient::recipient)
                .containsExactly("nobody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'msgtype':'text','text':{'content':'hi @138'},'at':{'atMobiles':['138']}}",
                "{'msgtype':'markdown','markdown':{'title':'t','text':'m'}}",
                "{'msgtype':'link','link':{'title':'t','text':'x','messageUrl':'http://a'}}",
                "{'msgtype':'actionCard','actionCard':{'title':'t','text':'x','singleTitle':'s','singleURL':'http://a'}}",
                "{'msgtype':'actionCard','actionCard':{'title':'t','text':'x','btnOrientation':'0','btns':[{'title':'a','actionURL':'http://a'}]}}",
                "{'msgtype':'feedCard','feedCard':{'links':[{'title':'t','messageURL':'http://a','picURL':'http://p'}]}}",
            })
    void aWebhookMessageOfEveryTypeIsTaken(String content) {
        accepted(send(ChannelKind.DINGTALK_WEBHOOK, content));
    }

    @Test
    void theTwentyFirstWebhookMessageOfAMinuteSilencesTheChannel() {
        List<CallOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            outcomes.add(send(ChannelKind.DINGTALK_WEBHOOK, "{'msgtype':'text','text':{'content':'" + i + "'}}"));
        }

        assertThat(outcomes.subList(0, 20)).allMatch(CallOutcome.Accepted.class::isInstance);
        assertThat(outcomes.getLast()).isInstanceOf(CallOutcome.Throttled.class);
    }

    @Test
    void faultsOfThePlatformAreToldApart() {
        assertThat(meet(new Effect.ResetBefore())).isInstanceOf(CallOutcome.Unknown.class);
        assertThat(meet(new Effect.ResetAfter())).isInstanceOf(CallOutcome.Unknown.class);
        assertThat(meet(new Effect.ResponseLost())).isInstanceOf(CallOutcome.Unknown.class);
        assertThat(meet(new Effect.SlowBody(1, 200))).isInstanceOf(CallOutcome.Unknown.class);
        assertThat(meet(Effect.garbage())).isInstanceOf(CallOutcome.Unknown.class);
        assertThat(meet(Effect.serverError(500))).isInstanceOf(CallOutcome.Temporary.class);
        assertThat(meet(new Effect.Throttle())).isInstanceOf(CallOutcome.Throttled.class);
        assertThat(meet(new Effect.RevokeToken())).isInstanceOf(CallOutcome.TokenRejected.class);
    }

    @Test
    void aThousandCallersFetchOneTokenAndARefusedOneIsReplacedOnce() {
        assertThat(askAThousandTimes()).hasSize(1);
        assertThat(fetches()).isEqualTo(1);
        String old = token(ApiFamily.DINGTALK_OAPI);

        simulator.tokens().revoke(TestChannels.APP_KEY);
        tokens.invalidate(channel(ChannelKind.DINGTALK_WORK).app(), ApiFamily.DINGTALK_OAPI, old);
        Set<TokenAnswer> renewed = askAThousandTimes();
        // A late caller that still complains about the old one must not cost the new one its life.
        tokens.invalidate(channel(ChannelKind.DINGTALK_WORK).app(), ApiFamily.DINGTALK_OAPI, old);

        assertThat(renewed)
                .hasSize(1)
                .allSatisfy(
                        token -> assertThat(((TokenAnswer.Token) token).value()).isNotEqualTo(old));
        assertThat(askAThousandTimes()).isEqualTo(renewed);
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void badCredentialsAreRefusedAndAnUnreachableEndpointIsNot() {
        ChannelEntry wrong = TestChannels.channel(ChannelKind.DINGTALK_WORK, Limits.NONE, Map.of("appSecret", "wrong"));

        for (ApiFamily family : ApiFamily.values()) {
            assertThat(tokens.token(wrong.app(), family).await())
                    .isInstanceOfSatisfying(
                            TokenAnswer.Refused.class,
                            refused -> assertThat(refused.outcome().advice()).contains("PUT /v1/apps/{appId}/secrets"));
            // The right secret starts anew at once: no backoff of the wrong one holds it back.
            assertThat(tokens.token(channel(ChannelKind.DINGTALK_WORK).app(), family)
                            .await())
                    .isInstanceOf(TokenAnswer.Token.class);
        }
        simulator.faults().add(FaultRule.always(Effect.serverError(500)));
        ChannelEntry rotated = TestChannels.channel(
                ChannelKind.DINGTALK_WORK, Limits.NONE, Map.of("appSecret", TestChannels.APP_SECRET, "other", "x"));
        assertThat(tokens.token(rotated.app(), ApiFamily.DINGTALK_OAPI).await())
                .isInstanceOf(TokenAnswer.Unavailable.class);
        long asked = fetches();
        assertThat(tokens.token(rotated.app(), ApiFamily.DINGTALK_OAPI).await())
                .isInstanceOf(TokenAnswer.Unavailable.class);
        assertThat(fetches()).isEqualTo(asked);

        simulator.faults().clear();
        clock.advanceMillis(2_000);
        assertThat(tokens.token(rotated.app(), ApiFamily.DINGTALK_OAPI).await()).isInstanceOf(TokenAnswer.Token.class);
    }

    private Set<TokenAnswer> askAThousandTimes() {
        List<Future<TokenAnswer>> asked = IntStream.range(0, 1_000)
                .mapToObj(i -> tokens.token(channel(ChannelKind.DINGTALK_WORK).app(), ApiFamily.DINGTALK_OAPI))
                .toList();
        Set<TokenAnswer> answers = new HashSet<>();
        asked.forEach(answer -> answers.add(answer.await()));
        return answers;
    }

    private long fetches() {
        long[] count = {0};
        simulator.ledger().forEach(call -> count[0] += call.api() == Api.GETTOKEN ? 1 : 0);
        return count[0];
    }

    private CallOutcome meet(Effect effect) {
        long rule = simulator.faults().add(FaultRule.next(1, Api.NOTICE_SEND, effect));
        CallOutcome outcome =
                send(ChannelKind.DINGTALK_WORK, "{'msgtype':'text','text':{'content':'hi'}}", "user000001");
        assertThat(simulator.faults().met(rule)).isEqualTo(1);
        return outcome;
    }

    private CallOutcome send(ChannelKind kind, String content, String... recipients) {
        ChannelAdapter adapter = adapter(kind);
        JsonObject json = new JsonObject(content.replace('\'', '"'));
        assertThat(adapter.check(json)).isEmpty();
        CallPlan plan = new CallPlan(
                1, "key" + content.hashCode(), channel(kind), adapter.canonical(json), List.of(recipients));
        String token = adapter.needsToken() ? token(adapter.family()) : "";
        PlatformResult result =
                client.call(adapter.request(plan, token, clock.millis())).await();
        return switch (result) {
            case PlatformResult.Replied replied -> adapter.read(replied.reply(), plan);
            case PlatformResult.NotSent notSent -> new CallOutcome.NotSent(notSent.reason());
            case PlatformResult.NoAnswer noAnswer -> new CallOutcome.Unknown(noAnswer.reason());
        };
    }

    private static CallOutcome.Accepted accepted(CallOutcome outcome) {
        assertThat(outcome).isInstanceOf(CallOutcome.Accepted.class);
        return (CallOutcome.Accepted) outcome;
    }

    private String token(ApiFamily family) {
        TokenAnswer answer =
                tokens.token(channel(ChannelKind.DINGTALK_WORK).app(), family).await();
        return ((TokenAnswer.Token) answer).value();
    }

    private ChannelAdapter adapter(ChannelKind kind) {
        return channels.adapter(kind);
    }

    private static ChannelEntry channel(ChannelKind kind) {
        return TestChannels.channel(kind);
    }
}
