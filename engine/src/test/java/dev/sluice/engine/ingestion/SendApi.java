package dev.sluice.engine.ingestion;

import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.auth.ApiKeyStore;
import dev.sluice.engine.directory.AppEntry;
import dev.sluice.engine.directory.ChannelEntry;
import dev.sluice.engine.directory.Directory;
import dev.sluice.engine.directory.OrganisationEntry;
import dev.sluice.engine.model.ChannelKind;
import dev.sluice.engine.model.IdSequence;
import dev.sluice.engine.model.Limits;
import dev.sluice.engine.model.OnDoubt;
import dev.sluice.engine.model.ReceiptPolicy;
import dev.sluice.engine.recovery.CrashPoints;
import dev.sluice.engine.scheduling.status.LaneStatus;
import dev.sluice.engine.scheduling.status.LaneStatusBoard;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.time.EngineClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** The send API on a free port with two tenants, each with a channel {@code work} and a channel {@code group}; blocking calls for JUnit's thread. */
public final class SendApi implements AutoCloseable {
    /** Lanes that were woken. */
    public final CopyOnWriteArraySet<Long> woken = new CopyOnWriteArraySet<>();
    /** What the lanes say. */
    public final Map<Long, LaneStatus> lanes = new ConcurrentHashMap<>();
    /** The keys of tenants 1 and 2. */
    public final List<String> keys = new ArrayList<>();

    /** What the API counts. */
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** How far the API's clock is ahead of the machine's. */
    public final AtomicLong aheadMillis = new AtomicLong();

    private final Vertx vertx;
    private final Map<Long, ChannelEntry> channels = new HashMap<>();
    private final TestDatabase database;
    private final WebClient client;
    private final IngestionVerticle verticle;
    private final String deployment;
    private Future<Void> stopped;

    /** @param vertx lent; closed after the database, since its pools live on it */
    public SendApi(Vertx vertx, TestDatabase database) {
        this(vertx, database, null, IngestionBounds.DEFAULT);
    }

    /** @param pool the engine's pool, null for a usual one */
    public SendApi(Vertx vertx, TestDatabase database, Pool pool, IngestionBounds bounds) {
        this.vertx = vertx;
        this.database = database;
        this.client =
                WebClient.wrap(vertx.createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(256)));
        addTenant(1);
        addTenant(2);
        IngestionParts parts = new IngestionParts(
                pool == null ? database.pool(vertx) : pool,
                pool == null ? database.pool(vertx) : pool,
                new FixedDirectory(channels),
                PlainAdapter::new,
                woken::addAll,
                new FixedBoard(lanes),
                new IdSequence(System::currentTimeMillis, 1),
                new AheadClock(aheadMillis),
                new IngestionMeters(meters, bounds.rowsQueued(), bounds.uploads()),
                bounds,
                CrashPoints.NONE);
        verticle = new IngestionVerticle(parts, "127.0.0.1", 0);
        deployment = await(vertx.deployVerticle(verticle));
    }

    /** Where the database is, for pools through a proxy. */
    public PgConnectOptions connectOptions() {
        return database.connectOptions();
    }

    public int port() {
        return verticle.actualPort();
    }

    /** Every operation that is served, as {@code POST /v1/messages/{id}/cancel}. */
    public Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Route route : verticle.routes().getRoutes()) {
            if (route.getPath() != null && route.methods() != null) {
                String path = route.getPath().replaceAll(":(\\w+)", "{$1}");
                route.methods().forEach(method -> operations.add(method + " " + path));
            }
        }
        return operations;
    }

    /** Writes bytes to a socket of its own and reads whatever comes until the server closes it. */
    public String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public HttpRequest<Buffer> request(HttpMethod method, String path, int tenant) {
        return client.request(method, port(), "127.0.0.1", path)
                .putHeader("Authorization", "Bearer " + keys.get(tenant - 1));
    }

    public HttpResponse<Buffer> get(String path, int tenant) {
        return await(request(HttpMethod.GET, path, tenant).send());
    }

    public HttpResponse<Buffer> post(String path, int tenant) {
        return await(request(HttpMethod.POST, path, tenant).send());
    }

    public HttpResponse<Buffer> send(JsonObject message) {
        return await(request(HttpMethod.POST, "/v1/messages", 1).sendJsonObject(message));
    }

    public Future<HttpResponse<Buffer>> send(JsonObject message, String idempotencyKey, int tenant) {
        return request(HttpMethod.POST, "/v1/messages", tenant)
                .putHeader("Idempotency-Key", idempotencyKey)
                .sendJsonObject(message);
    }

    public static JsonObject message(String... recipients) {
        return new JsonObject()
                .put("channel", "work")
                .put("recipients", List.of(recipients))
                .put("content", content("hello"));
    }

    public static JsonObject content(String text) {
        return new JsonObject().put("msgtype", "text").put("text", new JsonObject().put("content", text));
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.await(120, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("no answer within 120 s", late);
        }
    }

    /** Begins to stop the API, once. */
    public Future<Void> stop() {
        if (stopped == null) {
            stopped = vertx.undeploy(deployment);
        }
        return stopped;
    }

    @Override
    public void close() {
        client.close();
        await(stop());
    }

    private void addTenant(long tenant) {
        database.execute("""
                INSERT INTO tenant (name) VALUES ('tenant-%1$d');
                INSERT INTO organisation (tenant_id, platform, corp_id, name) VALUES (%1$d, 'dingtalk', 'corp-%1$d', 'corp');
                INSERT INTO app (tenant_id, organisation_id, name, app_key, secrets_cipher) VALUES (%1$d, %1$d, 'app', 'key', '');
                INSERT INTO channel (tenant_id, app_id, kind, name) VALUES (%1$d, %1$d, 'dingtalk-work', 'work'), (%1$d, %1$d, 'dingtalk-webhook', 'group')
                """.formatted(tenant));
        channels.put(tenant * 2 - 1, channel(tenant * 2 - 1, tenant, "work", ChannelKind.DINGTALK_WORK));
        channels.put(tenant * 2, channel(tenant * 2, tenant, "group", ChannelKind.DINGTALK_WEBHOOK));
        ApiKey key = ApiKey.generate(new SecureRandom());
        Pool pool = database.pool(vertx);
        await(new ApiKeyStore(pool).insertSendKey(key, tenant, "test", null));
        keys.add(key.reveal());
    }

    private static ChannelEntry channel(long id, long tenant, String name, ChannelKind kind) {
        OrganisationEntry organisation =
                new OrganisationEntry(tenant, tenant, "dingtalk", "corp", "standard", Limits.NONE);
        AppEntry app = new AppEntry(tenant, tenant, organisation, "key", 1, "", Map.of());
        return new ChannelEntry(
                id,
                tenant,
                true,
                1,
                name,
                kind,
                app,
                false,
                "",
                OnDoubt.HOLD,
                ReceiptPolicy.NONE,
                5,
                1,
                null,
                OptionalInt.empty());
    }

    private record FixedDirectory(Map<Long, ChannelEntry> channels) implements Directory {
        @Override
        public Optional<ChannelEntry> channel(long channelId) {
            return Optional.ofNullable(channels.get(channelId));
        }

        @Override
        public Optional<ChannelEntry> channel(long tenantId, String name) {
            return channels.values().stream()
                    .filter(channel ->
                            channel.tenantId() == tenantId && channel.name().equals(name))
                    .findFirst();
        }

        @Override
        public Collection<ChannelEntry> channelsOfApp(long appId) {
            return List.of();
        }

        @Override
        public void onChange(Runnable listener) {}
    }

    private record AheadClock(AtomicLong aheadMillis) implements EngineClock {
        @Override
        public Instant now() {
            return Instant.now().plusMillis(aheadMillis.get());
        }

        @Override
        public long nanoTime() {
            return System.nanoTime() + aheadMillis.get() * 1_000_000;
        }
    }

    private record FixedBoard(Map<Long, LaneStatus> lanes) implements LaneStatusBoard {
        @Override
        public Future<Map<Long, LaneStatus>> read(Collection<Long> channelIds) {
            return Future.succeededFuture(lanes);
        }

        @Override
        public Future<Void> publish(Collection<LaneStatus> statuses) {
            return Future.succeededFuture();
        }
    }

    /** A lane's word for tests. */
    public static LaneStatus heldBy(long channelId, String gate, Instant notBefore) {
        return new LaneStatus(
                channelId, "node", gate, "The gate " + gate + " is full.", notBefore, 1, 0, Instant.now());
    }
}
