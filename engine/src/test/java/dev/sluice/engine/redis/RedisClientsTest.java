package dev.sluice.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.testkit.BlackHole;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way to Redis swallows every byte, and nobody resets a connection. */
@ExtendWith(RedisExtension.class)
class RedisClientsTest {
    private static final int CONNECT_MILLIS = 1_000;
    private static final long COMMAND_MILLIS = 1_000;
    /** More than the pool has connections: a command waits on each. */
    private static final int COMMANDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private BlackHole way;
    private Redis client;
    private RedisCommands commands;

    @BeforeEach
    void connect(TestRedis redis) {
        int port = URI.create(redis.uri()).getPort();
        way = new BlackHole(vertx, port);
        String through = redis.uri().replace(":" + port, ":" + way.port());
        client = RedisClients.pooled(vertx, through, CONNECT_MILLIS);
        commands = new RedisCommands(client, redis.keyPrefix(), COMMAND_MILLIS);
        TestWaiting.until(TestWaiting.PATIENCE, this::answers, () -> "no answer at first");
    }

    @AfterEach
    void close() {
        way.swallow(false);
        TestWaiting.await(client.close());
        TestWaiting.await(vertx.close());
    }

    @Test
    void commandsWithoutAnswerFailTheirConnectionsAreDroppedAndTheNextOnesWork() {
        way.swallow(true);
        List<Future<Response>> sent =
                Stream.generate(this::ping).limit(COMMANDS).toList();
        TestWaiting.await(Future.join(sent).otherwiseEmpty());
        assertThat(sent).allMatch(Future::failed);
        way.swallow(false);
        TestWaiting.until(TestWaiting.PATIENCE, this::answers, () -> "no answer after the way was mended");
    }

    /** Else a node that talks all the time never finds the new primary behind the address. */
    @Test
    void aConnectionToAServerThatBecameAReplicaIsNotUsedAgain(TestRedis redis) {
        Request write = Request.cmd(Command.SET).arg(redis.keyPrefix() + "k").arg("v");
        LuaScript script = LuaScript.of("return redis.call('SET', KEYS[1], 'v')");
        List<Supplier<Future<?>>> writes = List.of(
                () -> commands.send(write),
                () -> commands.sendAll(List.of(write)),
                () -> script.run(commands, List.of(redis.keyPrefix() + "k"), List.of()));
        redis.command(Request.cmd(Command.REPLICAOF).arg("127.0.0.1").arg("1"));
        try {
            for (Supplier<Future<?>> one : writes) {
                long before = connection();
                assertThat(TestWaiting.await(inATurn(one).map(true).otherwise(false)))
                        .isFalse();
                TestWaiting.until(
                        TestWaiting.PATIENCE, () -> connection() > before, () -> "the same connection for ever");
            }
        } finally {
            redis.command(Request.cmd(Command.REPLICAOF).arg("NO").arg("ONE"));
        }
    }

    /** The number of the one that is used; 0 while none is. */
    private long connection() {
        return TestWaiting.await(
                inATurn(() -> commands.send(Request.cmd(Command.CLIENT).arg("ID")))
                        .map(id -> ((Response) id).toLong())
                        .otherwise(0L));
    }

    private Future<Object> inATurn(Supplier<Future<?>> asked) {
        Promise<Object> answer = Promise.promise();
        vertx.runOnContext(turn -> asked.get().<Object>map(said -> said).onComplete(answer));
        return answer.future();
    }

    private Future<Response> ping() {
        return commands.send(Request.cmd(Command.PING));
    }

    private boolean answers() {
        return TestWaiting.await(ping().map(true).otherwise(false));
    }
}
