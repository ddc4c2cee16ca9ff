package dev.sluice.peers;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The part that both queues need: wait for the limit, send a work notice to one person, read the answer. The limit is Bucket4j on Redis with its batching
 * optimisation, which joins requests of this process to one bucket (its reference, "Optimizations"), and capacity 1, since a larger bucket lets more than the limit
 * through in its first second. Vert.x' HTTP client, as the engine's own.
 */
final class Notices implements AutoCloseable {
    private static final String SEND = "/topapi/message/corpconversation/asyncsend_v2?access_token=";
    private static final long PATIENCE_SECONDS = 10;
    /** Far above what is reached: the limiter's work is measured, not its limit. */
    private static final long CALLS_PER_SECOND = 1_000_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final Context home = vertx.getOrCreateContext();
    private final RedisClient redis;
    private final BucketProxy bucket;
    private final HttpClient http;
    private final PeerSettings settings;
    private final String token;
    private final AtomicLong first = new AtomicLong();

    Notices(PeerSettings settings) {
        this.settings = settings;
        this.redis = RedisClient.create(settings.redisUri());
        BucketConfiguration limit = BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(1)
                        .refillGreedy(CALLS_PER_SECOND, Duration.ofSeconds(1))
                        .build())
                .build();
        this.bucket = Bucket4jLettuce.casBasedBuilder(redis)
                .build()
                .builder()
                .withOptimization(Optimizations.batching())
                .build(("peers:" + settings.appKey()).getBytes(StandardCharsets.UTF_8), () -> limit);
        URI platform = settings.platform();
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setDefaultHost(platform.getHost()).setDefaultPort(platform.getPort()),
                new PoolOptions().setHttp1MaxSize(settings.threads()));
        this.token = fetchToken();
    }

    private String fetchToken() {
        JsonObject answer = exchange(
                HttpMethod.GET,
                "/gettoken?appkey=" + settings.appKey() + "&appsecret=" + settings.appSecret(),
                Buffer.buffer());
        return answer.getString("access_token");
    }

    /** Sends to one person and gives the platform's task id. Blocks the job's thread, as jobs of these queues do. */
    long send(String person) {
        first.compareAndSet(0, System.nanoTime());
        bucket.asBlocking().consumeUninterruptibly(1);
        JsonObject answer = exchange(HttpMethod.POST, SEND + token, settings.notice(person));
        if (answer.getInteger("errcode", -1) != 0) {
            throw new IllegalStateException("refused: " + answer);
        }
        return answer.getLong("task_id");
    }

    /** When the first job since the last question began, on this process' monotonic clock; 0 for none. */
    long takeFirstNanos() {
        return first.getAndSet(0);
    }

    /** Moves to the client's event loop, so that connection, request and answer are all of one thread. */
    private JsonObject exchange(HttpMethod method, String uri, Buffer body) {
        Promise<Buffer> answer = Promise.promise();
        home.runOnContext(here -> http.request(method, uri)
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(body))
                .compose(HttpClientResponse::body)
                .onComplete(answer));
        try {
            return answer.future().await(PATIENCE_SECONDS, TimeUnit.SECONDS).toJsonObject();
        } catch (TimeoutException late) {
            throw new IllegalStateException("no answer for " + PATIENCE_SECONDS + " s", late);
        }
    }

    @Override
    public void close() {
        redis.shutdown();
        vertx.close();
    }
}
