package dev.sluice.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestRedis;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({RedisExtension.class, VertxExtension.class})
class LuaScriptTest {
    private static final LuaScript ADD = LuaScript.of("return redis.call('INCRBY', KEYS[1], ARGV[1])");

    @Test
    void aScriptThatRedisForgotIsSentInFullAndRunsOnce(Vertx vertx, TestRedis redis) throws Exception {
        RedisCommands commands = redis.commands(vertx);
        redis.forgetScripts();
        assertThat(add(commands, 5)).isEqualTo(5);
        assertThat(add(commands, 5)).isEqualTo(10);
        redis.forgetScripts();
        assertThat(add(commands, 1)).isEqualTo(11);
    }

    @Test
    void manyRunsOfAScriptThatRedisForgotRunOnceEachAndInOrder(Vertx vertx, TestRedis redis) throws Exception {
        RedisCommands commands = redis.commands(vertx);
        redis.forgetScripts();
        List<LuaScript.Invocation> runs = IntStream.rangeClosed(1, 60)
                .mapToObj(n -> new LuaScript.Invocation(List.of(commands.key("sum")), List.of(Integer.toString(n))))
                .toList();
        List<Integer> sums = within(ADD.runAll(commands, runs)).stream()
                .map(Response::toInteger)
                .toList();
        assertThat(sums).hasSize(60).isSorted().startsWith(1, 3, 6).endsWith(60 * 61 / 2);
    }

    @Test
    void whatIsSentInOneTurnHasItsOwnAnswerEach(Vertx vertx, TestRedis redis) throws Exception {
        RedisCommands commands = redis.commands(vertx);
        LuaScript broken = LuaScript.of("return redis.error_reply('no more')");
        List<String> key = List.of(commands.key("sum"));
        redis.forgetScripts();
        Promise<List<Future<Response>>> sent = Promise.promise();
        vertx.runOnContext(turn -> {
            List<Future<Response>> answers = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                answers.add((i % 50 == 49 ? broken : ADD).run(commands, key, List.of("1")));
            }
            Future.join(answers).onComplete(all -> sent.complete(answers));
        });
        List<Future<Response>> answers = within(sent.future());
        for (int i = 0; i < 150; i++) {
            assertThat(answers.get(i).succeeded()).as("answer %d", i).isEqualTo(i % 50 != 49);
        }
        assertThat(add(commands, 0)).isEqualTo(147);
    }

    @Test
    void aRestartOfRedisIsSurvivedByTheSameClientAndItsDataStay(Vertx vertx, TestRedis redis) throws Exception {
        RedisCommands commands = redis.commands(vertx);
        assertThat(add(commands, 7)).isEqualTo(7);
        redis.stop();
        assertThatThrownBy(() -> add(commands, 1)).isInstanceOf(Exception.class);
        redis.start();
        assertThat(add(commands, 1)).isEqualTo(8);
    }

    @Test
    void aFrozenRedisFailsTheCommandByTheTimeLimit(Vertx vertx, TestRedis redis) throws Exception {
        RedisCommands commands = redis.commands(vertx);
        add(commands, 1);
        redis.freeze();
        assertThatThrownBy(() -> add(commands, 1)).isInstanceOf(TimeoutException.class);
        redis.thaw();
    }

    @Test
    void anAnswerThatIsLateFailsOnTheContextThatAsked(Vertx vertx, TestRedis redis) throws Exception {
        RedisCommands commands = new RedisCommands(redis.client(vertx), redis.keyPrefix(), 200);
        Context mine = vertx.getOrCreateContext();
        Promise<Context> answeredOn = Promise.promise();
        redis.freeze();
        mine.runOnContext(turn -> ADD.run(commands, List.of(commands.key("sum")), List.of("1"))
                .onComplete(late -> answeredOn.complete(Vertx.currentContext())));
        assertThat(within(answeredOn.future())).isEqualTo(mine);
        redis.thaw();
    }

    @Test
    void anErrorOfTheScriptItselfIsTheCallersAndIsNotRepeated(Vertx vertx, TestRedis redis) {
        RedisCommands commands = redis.commands(vertx);
        LuaScript broken = LuaScript.of("redis.call('INCR', KEYS[1]) return redis.error_reply('no more')");
        List<String> key = List.of(commands.key("broken"));
        assertThatThrownBy(() -> within(broken.run(commands, key, List.of()))).hasMessageContaining("no more");
        assertThat(redis.command(io.vertx.redis.client.Request.cmd(io.vertx.redis.client.Command.GET)
                                .arg(key.getFirst()))
                        .toInteger())
                .isEqualTo(1);
    }

    @Test
    void aMissingScriptIsNamed() {
        assertThatThrownBy(() -> LuaScript.load("redis/none.lua")).hasMessageContaining("redis/none.lua");
    }

    private static int add(RedisCommands commands, int amount) throws Exception {
        return within(ADD.run(commands, List.of(commands.key("sum")), List.of(Integer.toString(amount))))
                .toInteger();
    }

    private static <T> T within(Future<T> future) throws TimeoutException {
        return future.await(60, TimeUnit.SECONDS);
    }
}
