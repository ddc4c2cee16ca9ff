package dev.sluice.engine.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.recovery.CrashPoint;
import dev.sluice.engine.testkit.NodeProcess;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import dev.sluice.engine.testkit.TestWorld;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes die while they accept; the client repeats its request at another one. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class DyingIngestionTest {
    private static final String MESSAGE = """
            {"channel":"hr","recipients":["user000001","user000002"],"content":{"msgtype":"text","text":{"content":"hello"}}}""";
    private static final int ROWS = 23_000;

    private static Vertx vertx;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private TestWorld world;
    private String key;

    @BeforeEach
    void startWorld(TestDatabase database, TestRedis redis) {
        world = TestWorld.start(database, redis, "enterprise").grant("api", 100).people(10);
        // Nothing is to be sent here.
        world.channelOn(world.app("hr"), "hr", "dingtalk-work", "state = 'paused', pause_reason = 'test'");
        ApiKey made = ApiKey.generate(new SecureRandom());
        TestWaiting.await(new ApiKeyStore(database.pool(vertx)).insertSendKey(made, world.tenantId(), "test", null));
        key = made.reveal();
    }

    @AfterEach
    void endAll() {
        nodes.forEach(NodeProcess::close);
        // Near the platform's midnight there is none.
        if (world != null) {
            world.close();
        }
    }

    @BeforeAll
    static void openVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeVertx() {
        TestWaiting.await(vertx.close());
    }

    @Test
    void whatItHadNotAnsweredIsAcceptedOnceWhenItIsRepeatedElsewhere() throws Exception {
        NodeProcess before = dying(CrashPoint.INGEST_BEFORE_COMMIT, 1);
        NodeProcess after = dying(CrashPoint.INGEST_AFTER_COMMIT, 1);
        NodeProcess inTheFile = dying(CrashPoint.CAMPAIGN_CHUNK, 2);
        NodeProcess other = started(NodeProcess.start(world, "other"));

        assertThatThrownBy(() -> send(before, "one")).isInstanceOf(IOException.class);
        awaitDeath(before);
        assertThat(world.number("SELECT count(*) FROM submission")).isZero();
        assertThat(send(other, "one").headers().firstValue("Idempotency-Replayed"))
                .isEmpty();

        assertThatThrownBy(() -> send(after, "two")).isInstanceOf(IOException.class);
        awaitDeath(after);
        assertThat(world.number("SELECT count(*) FROM submission")).isEqualTo(2);
        assertThat(send(other, "two").headers().firstValue("Idempotency-Replayed"))
                .hasValue("true");
        assertThat(world.number("SELECT count(*) FROM submission")).isEqualTo(2);
        assertThat(world.number("SELECT count(*) FROM delivery")).isEqualTo(4);

        String campaign = "/v1/campaigns/" + draft(other);
        assertThatThrownBy(() -> upload(inTheFile, campaign)).isInstanceOf(IOException.class);
        awaitDeath(inTheFile);
        long stored = rows(other, campaign);
        assertThat(stored).isBetween(1L, ROWS - 1L);
        assertThat(upload(other, campaign).statusCode()).isEqualTo(200);
        assertThat(rows(other, campaign)).isEqualTo(ROWS);
        assertThat(world.number("SELECT count(DISTINCT recipient) FROM delivery WHERE recipient LIKE 'person%'"))
                .isEqualTo(ROWS);
        assertThat(world.counterDifferences()).isEmpty();
    }

    private NodeProcess dying(CrashPoint point, int nth) {
        return started(NodeProcess.startDying(world, point.name(), point, nth));
    }

    /** One at a time: starting is the expensive part. */
    private NodeProcess started(NodeProcess node) {
        nodes.add(node);
        awaitReady(node);
        return node;
    }

    private HttpResponse<String> send(NodeProcess node, String idempotencyKey) throws IOException {
        HttpResponse<String> answer = call(request(node, "/v1/messages")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofString(MESSAGE)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer;
    }

    private String draft(NodeProcess node) throws IOException {
        JsonObject draft = new JsonObject(MESSAGE).put("name", "spring");
        draft.remove("recipients");
        return new JsonObject(call(request(node, "/v1/campaigns")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(draft.encode())))
                        .body())
                .getString("id");
    }

    private HttpResponse<String> upload(NodeProcess node, String campaign) throws IOException {
        String file = IntStream.range(0, ROWS)
                .mapToObj(i -> "person-" + i)
                .collect(Collectors.joining("\n", "recipient\n", "\n"));
        return call(request(node, campaign + "/people")
                .header("Content-Type", "text/csv")
                .PUT(HttpRequest.BodyPublishers.ofString(file)));
    }

    private long rows(NodeProcess node, String campaign) throws IOException {
        return new JsonObject(call(request(node, campaign).GET()).body()).getLong("rowsReceived");
    }

    private HttpRequest.Builder request(NodeProcess node, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path))
                .header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> call(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private void awaitReady(NodeProcess node) {
        TestWorld.await(TestWaiting.PATIENCE, () -> answers(node), node::tail);
    }

    private boolean answers(NodeProcess node) {
        assertThat(node.isAlive()).as(node::tail).isTrue();
        try {
            return call(request(node, "/v1/campaigns").GET()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void awaitDeath(NodeProcess node) {
        TestWorld.await(TestWaiting.PATIENCE, node::died, node::tail);
    }
}
