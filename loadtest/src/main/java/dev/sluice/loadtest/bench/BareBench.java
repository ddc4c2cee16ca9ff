package dev.sluice.loadtest.bench;

import dev.sluice.engine.quota.SlotGate;
import dev.sluice.engine.redis.LuaScript;
import dev.sluice.engine.redis.RedisClients;
import dev.sluice.engine.redis.RedisCommands;
import dev.sluice.loadtest.bench.client.Turns;
import dev.sluice.loadtest.bench.report.Figure;
import dev.sluice.loadtest.bench.report.Report;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import dev.sluice.loadtest.bench.stage.PeopleFile;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Redis;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The least that the parts of a call cost: an HTTP client in a loop against the simulator, and the script of the slots, one after the other and many at once. */
final class BareBench {
    private static final int CONNECTIONS = 64;
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final String SEND = "/topapi/message/corpconversation/asyncsend_v2?access_token=";

    private final BenchNode node;
    private final Scale scale;
    private final Report report;
    private long nextToken;

    BareBench(BenchNode node, Scale scale, Report report) {
        this.node = node;
        this.scale = scale;
        this.report = report;
    }

    void run() {
        report.progress("bare HTTP calls, bare Redis scripts");
        BenchTenant tenant = BenchTenant.make(node, "bare", "unlimited", 1);
        HttpClient http = node.vertx()
                .createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS).setEventLoopSize(1));
        String token = token(http, tenant);
        Buffer body = notice();
        IntFunction<Future<?>> call = n -> exchange(http, HttpMethod.POST, SEND + token, body);
        loop(
                "bare HTTP call to the simulator",
                call,
                CONNECTIONS,
                scale.peerPeople(),
                "Vert.x client, 1 person a call");
        BenchNode.await(http.close());
        scripts();
    }

    private void scripts() {
        Redis client = RedisClients.pooled(node.vertx(), node.stores().redisUri(), TIMEOUT_MILLIS);
        RedisCommands redis = new RedisCommands(client, "bare:", TIMEOUT_MILLIS);
        LuaScript take = LuaScript.load("redis/slot_take.lua");
        SlotGate gate = new SlotGate("bare:1", "qps:bare", 1_000_000, 1_000, false);
        String key = redis.key("{" + gate.scope() + "}");
        open(redis, key);
        IntFunction<Future<?>> script = n -> take.run(
                redis,
                List.of(key),
                List.of("60000", "0", "1000000", Long.toString(nextToken++), "1", Long.toString(gate.capacity())));
        loop("Redis slot script, one at a time", script, 1, scale.peerPeople() / 4, "a slot is held for 1 s");
        loop("Redis slot script, 64 at once", script, CONNECTIONS, scale.peerPeople(), "8 connections, pipelined");
        client.close();
    }

    /** A gate grants only under the run id of the server. */
    private static void open(RedisCommands redis, String key) {
        LuaScript open = LuaScript.of("""
                local run = 'run:' .. string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
                return redis.call('ZADD', KEYS[1], 0, run, 0, 'taken')
                """);
        BenchNode.await(open.run(redis, List.of(key), List.of()));
    }

    /** So many at once on one event loop, until so many are done; repeated. */
    private void loop(String what, IntFunction<Future<?>> action, int atOnce, int count, String note) {
        List<Double> rates = new ArrayList<>();
        BenchNode.await(new Turns(node.vertx(), action, atOnce, count).run());
        for (int round = 0; round < scale.rounds(); round++) {
            long startedNanos = System.nanoTime();
            BenchNode.await(new Turns(node.vertx(), action, atOnce, count).run());
            rates.add(count / ((System.nanoTime() - startedNanos) / 1e9));
        }
        report.add(Figure.of(what, "/s", rates, note));
    }

    private String token(HttpClient http, BenchTenant tenant) {
        String uri = "/gettoken?appkey=" + tenant.appKey() + "&appsecret=" + tenant.appSecret();
        return BenchNode.await(exchange(http, HttpMethod.GET, uri, Buffer.buffer()))
                .toJsonObject()
                .getString("access_token");
    }

    private Future<Buffer> exchange(HttpClient http, HttpMethod method, String uri, Buffer body) {
        return http.request(method, node.simulator().port(), "127.0.0.1", uri)
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(body))
                .compose(response -> response.body());
    }

    private static Buffer notice() {
        return new JsonObject()
                .put("agent_id", BenchTenant.AGENT_ID)
                .put("userid_list", PeopleFile.user(1))
                .put(
                        "msg",
                        new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", "hello")))
                .toBuffer();
    }
}
