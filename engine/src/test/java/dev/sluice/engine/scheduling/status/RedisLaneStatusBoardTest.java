package dev.sluice.engine.scheduling.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({VertxExtension.class, RedisExtension.class})
class RedisLaneStatusBoardTest {
    /** More than go through the pipe of one connection. */
    private static final int LANES = 5_000;

    @Test
    void everyLaneOfThousandsSaysWhatHoldsIt(Vertx vertx, TestRedis redis) {
        RedisLaneStatusBoard board = new RedisLaneStatusBoard(redis.commands(vertx));
        List<Long> ids = LongStream.range(0, LANES).boxed().toList();

        TestWaiting.await(
                board.publish(ids.stream().map(RedisLaneStatusBoardTest::held).toList()));

        assertThat(TestWaiting.await(board.read(ids))).hasSize(LANES);
    }

    private static LaneStatus held(long channelId) {
        return new LaneStatus(channelId, "one", "quiet hours", "Quiet hours until 9.", null, 1, 0, Instant.EPOCH);
    }
}
