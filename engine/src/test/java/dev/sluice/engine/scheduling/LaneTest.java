package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.CallOutcome;
import dev.sluice.engine.channel.CallOutcome.ThrottleScope;
import dev.sluice.engine.channel.ChannelAdapter;
import dev.sluice.engine.channel.dingtalk.AdapterOptions;
import dev.sluice.engine.channel.dingtalk.WebhookRobotChannel;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.model.CallState;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.DeliveryKey;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.PlatformCode;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.model.Purpose;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.recovery.DoubtfulCall;
import dev.sluice.engine.scheduling.hold.Hold;
import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.scheduling.queue.LaneQueue;
import dev.sluice.engine.scheduling.queue.SubmissionWork;
import dev.sluice.engine.scheduling.status.LaneStatus;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.scheduling.wake.OwnedChannels;
import dev.sluice.engine.testkit.EmptyDirectory;
import dev.sluice.engine.testkit.NoLimits;
import dev.sluice.engine.testkit.TestChannels;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A lane up to its question at the gates. */
@ExtendWith(VertxExtension.class)
class LaneTest {
    private static final long ANOTHER_TENANT = 2;
    private static final long SHUT_MILLIS = 60_000;

    private final EngineClock clock = EngineClock.system();
    private final TenantTurns turns = new TenantTurns(1);

    /** Its turn would come one day, and nobody behind it would ever get theirs. */
    @Test
    void aLaneThatClosesWhileItWaitsForAPlaceStandsInNoLine(Vertx vertx) {
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        onLoop(vertx, () -> {
            turns.tryTake();
            Lane lane = laneBehindTheAddress(vertx, lines, 1, () -> {});
            waitForAPlace(lane);
            SlotRequest one = SlotRequest.of(lane.limits().slots().getFirst(), 1, 0);
            lines.join(one, ANOTHER_TENANT, PriorityClass.BULK, SHUT_MILLIS, place -> {});

            lane.close();
            turns.giveBack();
        });

        assertThat(lines.waiting()).isEqualTo(1);
        assertThat(turns.taken()).isZero();
    }

    @Test
    void lanesOfAHeavierTenantGetMorePlaces(Vertx vertx) {
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        List<String> served = new ArrayList<>();
        onLoop(vertx, () -> {
            turns.tryTake();
            for (int lane = 0; lane < 3; lane++) {
                waitForAPlace(laneBehindTheAddress(vertx, lines, 2, () -> served.add("heavy")));
            }
            for (int lane = 0; lane < 2; lane++) {
                turns.await(ANOTHER_TENANT, 1, () -> served.add("light"));
            }
            for (int call = 0; call < 4; call++) {
                turns.giveBack();
            }
        });

        assertThat(served).containsExactly("heavy", "heavy", "light", "heavy");
    }

    @Test
    void aThrottleOutlivesAChangeOfTheChannelAndHoldsResendsToo(Vertx vertx) {
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        onLoop(vertx, () -> {
            Lane lane = laneBehindTheAddress(vertx, lines, 1, () -> {});
            assertThat(lane.mayResend()).isTrue();

            lane.throttled(ThrottleScope.CHANNEL, SHUT_MILLIS, PlatformCode.NONE);
            lane.reconfigure(lane.channel());

            assertThat(lane.holds.throttled(clock.millis())).isTrue();
            assertThat(lane.mayResend()).isFalse();
        });
    }

    /** Thousands of lanes may be made in the minutes of a ban, and each call could begin it anew. */
    @Test
    void aLaneThatIsMadeWhileTheAddressIsBannedDoesNotTryIt(Vertx vertx) {
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        onLoop(vertx, () -> {
            Lane banned = laneBehindTheAddress(vertx, lines, 1, () -> {});
            OwnedApps apps = new OwnedApps(
                    new EmptyDirectory(),
                    new OwnedChannels(),
                    (app, channel) -> laneBehindTheAddress(vertx, lines, 1, () -> {}));
            Hold ban = new Hold("platform throttle", "Banned.", clock.millis() + SHUT_MILLIS);

            apps.quiet(ChannelKind.DINGTALK_WORK, ThrottleScope.EGRESS_IP, ban);
            Lane later = apps.lane(new OwnedApp(new LeaseStore.Claim(1, 1)), banned.channel());

            assertThat(later.holds.throttled(clock.millis())).isTrue();
        });
    }

    /** A platform's text names the app or the corp that it is about. */
    @Test
    void whatThePlatformSaidOfATenantsCallIsToldToNoOther(Vertx vertx) {
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        List<Hold> told = new ArrayList<>();
        onLoop(vertx, () -> {
            Lane lane = laneBehindTheAddress(ports(vertx, lines, () -> {}), new Alone(told::add), 1);
            lane.throttled(
                    ThrottleScope.EGRESS_IP, SHUT_MILLIS, new PlatformCode("90017", "corp ding1a2b is one too many"));

            assertThat(lane.status("one").reason()).contains("90017", "ding1a2b");
            assertThat(told)
                    .extracting(Hold::reason)
                    .singleElement()
                    .asString()
                    .contains("90017")
                    .doesNotContain("ding1a2b");
        });
    }

    /** Somebody with a broken app and a few channels would else hold up everybody who sends through the same host. */
    @Test
    void refusalsThatMayBeALanesOwnHoldNoOtherLane(Vertx vertx) {
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        onLoop(vertx, () -> {
            LanePorts ports = ports(vertx, lines, () -> {});
            Lane refused = laneBehindTheAddress(ports, new Alone(hold -> {}), 1);
            Lane other = laneBehindTheAddress(ports, new Alone(hold -> {}), 1);

            fail(refused, new CallOutcome.Temporary(new PlatformCode("987654", ""), false));
            assertThat(refused.circuit.open()).isTrue();
            assertThat(other.circuit.waitNanos(clock.nanoTime())).isZero();

            fail(refused, new CallOutcome.Temporary(new PlatformCode("-1", ""), true));
            assertThat(other.circuit.waitNanos(clock.nanoTime())).isPositive();
        });
    }

    private void fail(Lane lane, CallOutcome outcome) {
        for (int call = 0; call < 100; call++) {
            LaneHealth.note(lane, outcome, clock.nanoTime());
        }
    }

    @Test
    void questionsAboutCallsWaitForTheAddressAndForAHostThatDoesNotAnswerOnly(Vertx vertx) {
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        onLoop(vertx, () -> {
            Lane lane = laneBehindTheAddress(vertx, lines, 1, () -> {});
            lane.throttled(ThrottleScope.CHANNEL, SHUT_MILLIS, PlatformCode.NONE);
            assertThat(lane.queryWaitMillis()).isNotPositive();
            lane.throttled(ThrottleScope.EGRESS_IP, SHUT_MILLIS, PlatformCode.NONE);
            assertThat(lane.queryWaitMillis()).isPositive();

            Lane unheard = laneBehindTheAddress(vertx, lines, 1, () -> {});
            for (int call = 0; call < 5; call++) {
                unheard.circuit.failed(clock.nanoTime());
            }
            assertThat(unheard.queryWaitMillis()).isPositive();
        });
    }

    @Test
    void aFaultInOneLaneKeepsNoOtherFromItsRound(Vertx vertx) {
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        onLoop(vertx, () -> {
            OwnedApps apps = new OwnedApps(
                    new EmptyDirectory(),
                    new OwnedChannels(),
                    (app, channel) -> laneBehindTheAddress(vertx, lines, 1, () -> {}));
            ChannelEntry channel =
                    laneBehindTheAddress(vertx, lines, 1, () -> {}).channel();
            List<Lane> lanes = new ArrayList<>();
            for (long app = 1; app <= 2; app++) {
                apps.take(new LeaseStore.Claim(app, 1));
                lanes.add(apps.lane(apps.get(app), channel));
            }
            lanes.getFirst().doubts().adopt(oneThatBreaks());
            lanes.getLast()
                    .queue
                    .offer(new SubmissionWork.Spec(
                            1, 1, PriorityClass.BULK, false, 0, new UUID(1, 1), "content", 1, 0));

            new LaneRounds(apps, new Unread(), "one", clock).run();

            assertThat(lanes.getLast().queue.works()).as("too late").isEmpty();
        });
    }

    @Test
    void aLaneRemembersContentsForAsLongAsItHasSomethingToSend(Vertx vertx) {
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        UUID content = new UUID(1, 1);
        onLoop(vertx, () -> {
            OwnedApps apps = new OwnedApps(
                    new EmptyDirectory(),
                    new OwnedChannels(),
                    (app, channel) -> laneBehindTheAddress(vertx, lines, 1, () -> {}));
            apps.take(new LeaseStore.Claim(1, 1));
            ChannelEntry channel =
                    laneBehindTheAddress(vertx, lines, 1, () -> {}).channel();
            Lane lane = apps.lane(apps.get(1), channel);
            LaneRounds rounds = new LaneRounds(apps, new Unread(), "one", clock);
            waitForAPlace(lane);
            lane.trials.passed(content);

            rounds.run();
            assertThat(givenUp(lane, content)).isFalse();

            List.copyOf(lane.queue.works()).forEach(lane.queue::drop);
            rounds.run();
            assertThat(givenUp(lane, content)).isTrue();
        });
    }

    /** Whether it is when it fails for as many as it takes. */
    private static boolean givenUp(Lane lane, UUID content) {
        boolean givenUp = false;
        for (int alone = 0; alone < ContentTrials.MOST_ALONE; alone++) {
            givenUp = lane.trials.givenUp(content, new DeliveryKey(1, alone));
        }
        return givenUp;
    }

    /** Nobody looks at what lanes say. */
    private record Unread() implements LaneStatusBoard {
        @Override
        public Future<Void> publish(Collection<LaneStatus> statuses) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Map<Long, LaneStatus>> read(Collection<Long> channelIds) {
            return Future.succeededFuture(Map.of());
        }
    }

    /** What its end needs is not there. */
    private DoubtfulCall oneThatBreaks() {
        return new DoubtfulCall(1, 1, 7, Purpose.QUERY, CallState.OPEN, 1, SHUT_MILLIS, 0, List.of(), "");
    }

    private Lane laneBehindTheAddress(Vertx vertx, GateLines lines, int tenantWeight, Runnable asked) {
        return laneBehindTheAddress(ports(vertx, lines, asked), new Alone(hold -> {}), tenantWeight);
    }

    private static Lane laneBehindTheAddress(LanePorts ports, LaneOwner owner, int tenantWeight) {
        ChannelAdapter adapter = new WebhookRobotChannel(AdapterOptions.strict());
        ChannelEntry channel = TestChannels.channel(
                ChannelKind.DINGTALK_WEBHOOK, new Limits(Map.of(Limits.CALLS_PER_IP_AND_20S, 1L)), tenantWeight);
        return new Lane(ports, owner, channel, adapter, 1);
    }

    private LanePorts ports(Vertx vertx, GateLines lines, Runnable asked) {
        return LaneRig.ports(vertx, clock, null, new Silent(asked), lines, turns);
    }

    private void waitForAPlace(Lane lane) {
        lane.queue.offer(new SubmissionWork.Spec(
                1, 1, PriorityClass.BULK, false, Long.MAX_VALUE, new UUID(1, 1), "content", 1, 0));
        List<LaneQueue.Row> rows = List.of(new LaneQueue.Row(0, "", 0, 0));
        lane.queue.startLoading().forEach(work -> lane.queue.loaded(work, rows, 0, 1, clock.millis()));
        lane.pump();
    }

    private static void onLoop(Vertx vertx, Runnable what) {
        Promise<Void> done = Promise.promise();
        vertx.runOnContext(here -> Future.succeededFuture()
                .<Void>map(now -> {
                    what.run();
                    return null;
                })
                .onComplete(done));
        TestWaiting.await(done.future());
    }

    private record Alone(Consumer<Hold> told) implements LaneOwner {
        @Override
        public void readUnresolved(long appId) {}

        @Override
        public void quiet(Lane source, ThrottleScope scope, Hold hold) {
            told.accept(hold);
        }
    }

    /** Gates that answer no question. */
    private static final class Silent extends NoLimits {
        private final Runnable asked;

        Silent(Runnable asked) {
            this.asked = asked;
        }

        @Override
        public Future<SlotAnswer> take(String token, List<SlotRequest> requests) {
            asked.run();
            return Promise.<SlotAnswer>promise().future();
        }
    }
}
