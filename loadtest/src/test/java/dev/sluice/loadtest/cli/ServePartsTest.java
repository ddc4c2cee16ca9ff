package dev.sluice.loadtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.auth.ApiKey;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigFile;
import dev.sluice.engine.node.Engine;
import dev.sluice.engine.node.NodeParts;
import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, RedisExtension.class})
class ServePartsTest {
    private static final int POOL = 2;

    @TempDir
    private Path directory;

    @Test
    void anOperatorIsAnsweredWhileTenantsQuestionsTakeAllConnections(TestDatabase database, TestRedis redis)
            throws Exception {
        AtomicReference<NodeParts> shared = new AtomicReference<>();
        AtomicReference<ApiKey> key = new AtomicReference<>();
        AtomicInteger port = new AtomicInteger();
        try (Engine engine = Engine.start(config(database, redis), node -> {
            shared.set(node);
            return ServeParts.of(node, key::set, port::set);
        })) {
            assertThat(engine).isNotNull();
            List<SqlConnection> taken = new ArrayList<>();
            for (int i = 0; i < POOL; i++) {
                taken.add(TestWaiting.await(shared.get().pool().getConnection()));
            }

            assertThat(tenantMade(port.get(), key.get())).isEqualTo(201);

            taken.forEach(connection -> TestWaiting.await(connection.close()));
        }
    }

    private EngineConfig config(TestDatabase database, TestRedis redis) throws IOException {
        Path masterKey = directory.resolve("master.key");
        MasterKeys.read(masterKey, true);
        return EngineConfigFile.parse(
                """
                dataDirectory: %s
                postgres: {uri: "%s", poolSize: %d}
                redis: {uri: "%s", keyPrefix: "%s"}
                http: {port: 0}
                admin: {port: 0}
                metrics: {port: 0}
                security: {masterKeyFile: %s}
                """.formatted(directory, database.uri(), POOL, redis.uri(), redis.keyPrefix(), masterKey), Map.of());
    }

    private static int tenantMade(int port, ApiKey key) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/tenants"))
                                    .header("Authorization", "Bearer " + key.reveal())
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"acme\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
