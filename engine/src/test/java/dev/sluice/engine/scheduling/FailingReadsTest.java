package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.dingtalk.AdapterOptions;
import dev.sluice.engine.channel.dingtalk.WebhookRobotChannel;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.CalendarEdge;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.quota.SlotAnswer;
import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.quota.SlotGates;
import dev.sluice.engine.quota.SlotPermit;
import dev.sluice.engine.quota.SlotRequest;
import dev.sluice.engine.quota.SlotTiming;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.recovery.DoubtStore;
import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.scheduling.queue.LaneReads;
import dev.sluice.engine.scheduling.queue.LaneStore;
import dev.sluice.engine.scheduling.queue.SubmissionWork;
import dev.sluice.engine.testkit.RefusingPostgres;
import dev.sluice.engine.testkit.TestChannels;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.time.EngineClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Questions that Postgres refuses at once, for whatever reason and however long. */
@ExtendWith(VertxExtension.class)
class FailingReadsTest {
    private static final SlotTiming TIMING = new SlotTiming(1_000, 3_000, 1_000);
    private static final long APP = 1;

    private final EngineClock clock = EngineClock.system();
    private final RefusingPostgres postgres = new RefusingPostgres();
    private Context loop;

    @BeforeEach
    void begin(Vertx vertx) {
        loop = vertx.getOrCreateContext();
    }

    @Test
    void aLaneAsksForItsPageAgainAfterARestHoweverMuchHappensToItMeanwhile(Vertx vertx) {
        Lane lane = onLoop(() -> {
            Lane made = lane(vertx);
            made.queue.offer(new SubmissionWork.Spec(
                    1, 1, PriorityClass.BULK, false, Long.MAX_VALUE, new UUID(1, 1), "content", 1, 0));
            return made;
        });

        asksOnceUntilItRested(() -> {
            lane.pump();
            return null;
        });
    }

    @Test
    void whatIsInDoubtIsAskedForAgainAfterARestHoweverManyWantIt(Vertx vertx) {
        OwnedApp app = new OwnedApp(new LeaseStore.Claim(APP, 1));
        DoubtReads reads = onLoop(() -> new DoubtReads(
                vertx, new DoubtStore(postgres.pool()), id -> app, id -> List.of(), (owner, found) -> {}));

        asksOnceUntilItRested(() -> {
            reads.want(APP);
            return null;
        });
    }

    private void asksOnceUntilItRested(Supplier<Void> wish) {
        for (int wishes = 0; wishes < 10; wishes++) {
            onLoop(wish);
            endOfTurn();
        }
        assertThat(postgres.asked()).isEqualTo(1);

        TestWaiting.until(TestWaiting.PATIENCE, () -> postgres.asked() > 1, () -> "nobody asks again");
    }

    /** What was put off to the end of a turn has been done, and what follows from it. */
    private void endOfTurn() {
        for (int turn = 0; turn < 3; turn++) {
            onLoop(() -> null);
        }
    }

    private Lane lane(Vertx vertx) {
        LaneStore store = new LaneStore(postgres.pool());
        LanePorts ports = new LanePorts(
                vertx,
                clock,
                null,
                new IdSequence(clock::millis, 1),
                store,
                new Open(),
                new GateLines(GateLines.Clockwork.of(vertx, clock)),
                null,
                null,
                null,
                null,
                null,
                null,
                new TenantTurns(1),
                new LaneReads(vertx, store),
                null,
                new DeliveryMeters(new SimpleMeterRegistry()),
                CalendarEdge.of(TIMING, 0),
                new LaneSettings(1_000, 1, TIMING, 1_000),
                LanePorts.closedHosts(),
                CrashPoints.NONE);
        return new Lane(
                ports,
                null,
                TestChannels.channel(ChannelKind.DINGTALK_WEBHOOK, Limits.NONE),
                new WebhookRobotChannel(AdapterOptions.strict()),
                1);
    }

    /** Gates that are there, and that nobody asks. */
    private record Open() implements SlotGates {
        @Override
        public Future<SlotAnswer> take(String token, List<SlotRequest> requests) {
            throw new AssertionError("nobody is there to be sent to");
        }

        @Override
        public Future<Void> warm(List<SlotGate> gates) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> settle(SlotPermit permit, int people) {
            throw new AssertionError("nothing was taken");
        }

        @Override
        public Future<Void> release(SlotPermit permit) {
            throw new AssertionError("nothing was taken");
        }
    }

    private <T> T onLoop(Supplier<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(there -> done.complete(work.get()));
        return TestWaiting.await(done.future());
    }
}
