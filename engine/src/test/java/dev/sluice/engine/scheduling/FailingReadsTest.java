package dev.sluice.engine.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.channel.dingtalk.AdapterOptions;
import dev.sluice.engine.channel.dingtalk.WebhookRobotChannel;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.PriorityClass;
import dev.sluice.engine.quota.GateLines;
import dev.sluice.engine.recovery.DoubtStore;
import dev.sluice.engine.scheduling.lease.LeaseStore;
import dev.sluice.engine.scheduling.queue.SubmissionWork;
import dev.sluice.engine.testkit.NoLimits;
import dev.sluice.engine.testkit.RefusingPostgres;
import dev.sluice.engine.testkit.TestChannels;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.time.EngineClock;
import io.vertx.core.Context;
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
        GateLines lines = new GateLines(GateLines.Clockwork.of(vertx, clock));
        return new Lane(
                LaneRig.ports(vertx, clock, postgres.pool(), new NoLimits(), lines, new TenantTurns(1)),
                null,
                TestChannels.channel(ChannelKind.DINGTALK_WEBHOOK, Limits.NONE),
                new WebhookRobotChannel(AdapterOptions.strict()),
                1);
    }

    private <T> T onLoop(Supplier<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(there -> done.complete(work.get()));
        return TestWaiting.await(done.future());
    }
}
