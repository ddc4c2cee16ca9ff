package dev.sluice.engine.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.PlatformReply;
import dev.sluice.engine.channel.PlatformRequest;
import dev.sluice.engine.channel.PlatformRequest.ApiFamily;
import dev.sluice.engine.channel.TokenProtocol;
import dev.sluice.engine.channel.dingtalk.AdapterOptions;
import dev.sluice.engine.channel.dingtalk.DingTalkTokens;
import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.quota.RedisSlotGates;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.quota.StoredCallHistory;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestChannels;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.time.EngineClock;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import dev.sluice.simulator.directory.App;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, PostgresExtension.class, RedisExtension.class})
class TokenCallsTest {
    private static final SlotTiming TIMING = new SlotTiming(10_000, 10_000, 1_000);
    private static final int MOST_IN_WINDOW = 3;
    private static final long WINDOW_MILLIS = 400;
    private static final int TOKENS = 10;

    /** Tokens are calls of the address too: a node that starts with thousands of apps must not get it banned. */
    @Test
    void tokensPassTheLimitOfTheAddress(Vertx vertx, TestRedis redis, TestDatabase database) throws Exception {
        Simulator simulator = TestWaiting.await(Simulator.start(vertx, SimulatorOptions.defaults()));
        simulator.directory().addOrganisation("dingcorp", "standard");
        simulator
                .directory()
                .addApp(App.of("dingcorp", TestChannels.APP_KEY, TestChannels.APP_SECRET, TestChannels.AGENT_ID));
        String base = simulator.baseUri().toString();
        PlatformClient client = new PlatformClient(
                vertx,
                new PlatformAddresses(Map.of(ApiFamily.DINGTALK_OAPI, base, ApiFamily.DINGTALK_API, base)),
                new PlatformClientOptions(5_000, 10_000, 1 << 20, 8, 100, 30),
                EngineClock.system());
        TokenCalls calls = new TokenCalls(
                vertx,
                client,
                Map.of(ApiFamily.DINGTALK_OAPI, new Narrow()),
                new RedisSlotGates(
                        vertx,
                        redis.commands(vertx),
                        new StoredCallHistory(database.pool(vertx), TIMING),
                        TIMING,
                        EngineClock.system()),
                TIMING,
                EngineClock.system());
        AppEntry app = TestChannels.channel(ChannelKind.DINGTALK_WORK).app();

        List<Future<TokenProtocol.TokenReply>> replies = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            replies.add(calls.ask(app, ApiFamily.DINGTALK_OAPI));
        }
        TestWaiting.await(Future.all(replies));

        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.result()).isInstanceOf(TokenProtocol.TokenReply.Granted.class));
        List<Long> arrivals = new ArrayList<>();
        simulator.ledger().forEach(call -> arrivals.add(call.arrivalNanos()));
        assertThat(arrivals).hasSize(TOKENS);
        long[] sorted = arrivals.stream().mapToLong(Long::longValue).sorted().toArray();
        for (int i = MOST_IN_WINDOW; i < sorted.length; i++) {
            assertThat(sorted[i] - sorted[i - MOST_IN_WINDOW])
                    .as(Arrays.toString(sorted))
                    .isGreaterThanOrEqualTo(WINDOW_MILLIS * 1_000_000);
        }
        TestWaiting.await(simulator.close());
    }

    /** As DingTalk's, with a limit that a test can reach. */
    private static final class Narrow implements TokenProtocol {
        private final DingTalkTokens real = new DingTalkTokens(ApiFamily.DINGTALK_OAPI, AdapterOptions.strict());

        @Override
        public List<SlotGate> gates(AppEntry app) {
            return List.of(new SlotGate("ip:default", "calls", MOST_IN_WINDOW, WINDOW_MILLIS, false));
        }

        @Override
        public PlatformRequest request(AppEntry app) {
            return real.request(app);
        }

        @Override
        public TokenReply read(PlatformReply reply) {
            return real.read(reply);
        }
    }
}
