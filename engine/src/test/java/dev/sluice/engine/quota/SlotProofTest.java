package dev.sluice.engine.quota;

import static dev.sluice.engine.quota.SlotRig.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two nodes hammer one gate over a jittery network; the receiver counts. Real time, since the promise is about real time; only counts are judged. */
@ExtendWith({VertxExtension.class, PostgresExtension.class, RedisExtension.class})
class SlotProofTest {
    private static final SlotGate QPS = new SlotGate("app:12", "qps:send", 20, 1_000, false);
    private static final SlotGate PEOPLE = new SlotGate("app:12", "people:send", 500, 2_000, true);
    private static final List<SlotRequest> ONE_CALL = List.of(new SlotRequest(QPS, 1, 20));
    private static final int LANES_EACH = 15;

    private final long seed = new Random().nextLong();
    private final Receiver receiver = new Receiver();
    private Vertx vertx;
    private TestRedis redis;
    private SlotRig rig;
    private List<JitteryNode> nodes = List.of();

    @BeforeEach
    void build(Vertx vertx, TestRedis redis, TestDatabase database) {
        System.out.println("seed " + seed);
        this.vertx = vertx;
        this.redis = redis;
        this.rig = new SlotRig(vertx, redis, database);
    }

    @AfterEach
    void stop() {
        nodes.forEach(JitteryNode::stop);
    }

    @Test
    void noSecondAtTheReceiverSeesMoreThanTheCapacity() {
        hammer(rig.gates(), rig.gates(), ONE_CALL);
        waitFor(() -> receiver.total() >= 60);
        assertThat(receiver.worstWindow(1_000)).isBetween(1L, 20L);
    }

    @Test
    void aTextbookBucketBreaksTheSameTest() {
        TextbookBucket bucket = new TextbookBucket();
        hammer(bucket, bucket, ONE_CALL);
        waitFor(() -> receiver.worstWindow(1_000) > 20);
    }

    @Test
    void noWindowSeesMorePeopleThanTheCapacity() {
        hammer(rig.gates(), rig.gates(), List.of(new SlotRequest(PEOPLE, 37, 500), new SlotRequest(QPS, 1, 20)));
        waitFor(() -> receiver.total() >= 1_200);
        assertThat(receiver.worstWindow(2_000)).isBetween(37L, 500L);
    }

    @Test
    void aFlushInTheMiddleLetsNothingMoreThrough() {
        hammer(rig.gates(), rig.gates(), ONE_CALL);
        waitFor(() -> receiver.total() >= 30);
        redis.flushAll();
        waitFor(() -> receiver.total() >= 50);
        redis.flushAll();
        waitFor(() -> receiver.total() >= 90);
        assertThat(receiver.worstWindow(1_000)).isLessThanOrEqualTo(20);
    }

    @Test
    void aRestartInTheMiddleLetsNothingMoreThrough() {
        hammer(rig.gates(), rig.gates(), ONE_CALL);
        waitFor(() -> receiver.total() >= 30);
        redis.stop();
        redis.start();
        waitFor(() -> receiver.total() >= 90);
        assertThat(receiver.worstWindow(1_000)).isLessThanOrEqualTo(20);
    }

    @Test
    void aFrozenRedisStopsTheCallsAndAThawedOneLetsThemGoOn() {
        hammer(rig.gates(), rig.gates(), ONE_CALL);
        waitFor(() -> receiver.total() >= 30);
        redis.freeze();
        SlotRig.now(vertx.timer(4_000, TimeUnit.MILLISECONDS));
        redis.thaw();
        waitFor(() -> receiver.total() >= 90);
        assertThat(receiver.worstWindow(1_000)).isLessThanOrEqualTo(20);
    }

    private void hammer(SlotGates first, SlotGates second, List<SlotRequest> requests) {
        nodes = List.of(
                new JitteryNode(vertx, first, rig.log(), receiver, seed),
                new JitteryNode(vertx, second, rig.log(), receiver, seed + 1));
        nodes.forEach(node -> node.start(LANES_EACH, requests));
    }
}
