package dev.sluice.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({RedisExtension.class, VertxExtension.class})
class KeepsKeysTest {
    @Test
    void aServerThatNeverEvictsIsAccepted(Vertx vertx, TestRedis redis) {
        assertThatCode(() -> KeepsKeys.check(redis.commands(vertx)).await(60, TimeUnit.SECONDS))
                .doesNotThrowAnyException();
    }

    @Test
    void aServerThatEvictsIsRefusedWithWhatToDo() {
        assertThat(KeepsKeys.verdict("maxmemory:0\r\nmaxmemory_policy:allkeys-lru\r\n")
                        .cause())
                .hasMessageContaining("allkeys-lru")
                .hasMessageContaining("noeviction");
    }
}
