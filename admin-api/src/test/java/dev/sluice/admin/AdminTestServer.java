package dev.sluice.admin;

import dev.sluice.engine.scheduling.status.LaneStatus;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.scheduling.wake.WakeUps;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.secret.SecretBox;
import dev.sluice.engine.store.PgPools;
import dev.sluice.engine.store.PgTimeouts;
import dev.sluice.engine.testkit.ManualClock;
import dev.sluice.engine.testkit.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A control plane on a test's database, and somebody who calls it. */
final class AdminTestServer implements AutoCloseable {
    final ManualClock clock = ManualClock.at("2026-11-21T08:00:00Z");
    final Map<Long, LaneStatus> statuses = new ConcurrentHashMap<>();
    final Collection<Long> wokenUp = new ConcurrentLinkedQueue<>();
    final SecretBox secretBox =
            new SecretBox(MasterKeys.parse(Base64.getEncoder().encodeToString(new byte[32])), new SecureRandom());
    final Pool pool;
    final String adminKey;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AdminApi api;

    AdminTestServer(TestDatabase database) {
        pool = PgPools.create(vertx, database.connectOptions(), PgTimeouts.STANDARD, "admin", 8, 100);
        clock.jumpTo(Instant.now());
        AdminParts parts = new AdminParts(pool, secretBox, board(), wokenUp::addAll, clock, new SecureRandom());
        api = AdminApi.deploy(vertx, parts, new AdminOptions("127.0.0.1", 0)).await();
        adminKey = api.firstKey().orElseThrow().reveal();
    }

    int port() {
        return api.port();
    }

    Vertx vertx() {
        return vertx;
    }

    /** What an answer was. */
    record Answer(int status, JsonObject body) {}

    Answer call(String method, String path, JsonObject body) {
        return call(method, path, body, adminKey);
    }

    Answer call(String method, String path, JsonObject body, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.encode()))
                .header("Content-Type", "application/json");
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), new JsonObject(response.body()));
        } catch (IOException | InterruptedException broken) {
            throw new IllegalStateException(method + " " + path, broken);
        }
    }

    /** Which fields a call that is refused as invalid has wrong. */
    List<String> pointers(String method, String path, JsonObject body) {
        Answer answer = call(method, path, body);
        if (answer.status() != 422) {
            throw new AssertionError(method + " " + path + ": " + answer);
        }
        return answer.body().getJsonArray("errors").stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }

    /** A call that must do what it says. */
    JsonObject done(String method, String path, JsonObject body) {
        Answer answer = call(method, path, body);
        if (answer.status() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + answer);
        }
        return answer.body();
    }

    /** A tenant with an organisation of this profile; its id is the tenant's. */
    long tenant(String name, String profile) {
        long id =
                done("POST", "/v1/tenants", new JsonObject().put("name", name)).getLong("id");
        done(
                "POST",
                "/v1/tenants/" + id + "/organisations",
                new JsonObject()
                        .put("platform", "dingtalk")
                        .put("corpId", "corp-" + name)
                        .put("name", name)
                        .put("profile", profile));
        return id;
    }

    private LaneStatusBoard board() {
        return new LaneStatusBoard() {
            @Override
            public Future<Map<Long, LaneStatus>> read(Collection<Long> channelIds) {
                return Future.succeededFuture(Map.copyOf(statuses));
            }

            @Override
            public Future<Void> publish(Collection<LaneStatus> published) {
                return Future.failedFuture("tests write statuses");
            }
        };
    }

    /** All operations, as the server has them. */
    static List<dev.sluice.admin.http.Route> routes() {
        WakeUps nobody = channels -> {};
        return AdminRoutes.all(new AdminParts(null, null, null, nobody, ManualClock.at("2026-11-21T08:00:00Z"), null));
    }

    @Override
    public void close() {
        pool.close().await();
        vertx.close().await();
    }
}
