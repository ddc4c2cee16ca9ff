package dev.sluice.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.NodeProcess;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node was away for so long that another one has its slot. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class LostSlotTest {
    @Test
    void itEndsInOrderForWhoeverWatchesItToStartItAgain(TestDatabase database, TestRedis redis) {
        try (TestWorld world = TestWorld.start(database, redis, "enterprise");
                NodeProcess node = NodeProcess.start(world, "away")) {
            TestWaiting.until(TestWaiting.PATIENCE, () -> listens(node.port()), node::tail);
            database.execute("UPDATE node SET incarnation = gen_random_uuid(), name = 'successor' WHERE name = 'away'");

            assertThat(node.exitValue()).as(node::tail).isEqualTo(3);
            assertThat(node.said("did not stop")).as(node::tail).isFalse();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
