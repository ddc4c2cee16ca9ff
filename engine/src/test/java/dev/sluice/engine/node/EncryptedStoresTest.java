package dev.sluice.engine.node;

import static dev.sluice.engine.testkit.TestWaiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.secret.MasterKeys;
import dev.sluice.engine.testkit.NodeProcess;
import dev.sluice.engine.testkit.PostgresExtension;
import dev.sluice.engine.testkit.RedisExtension;
import dev.sluice.engine.testkit.TestDatabase;
import dev.sluice.engine.testkit.TestRedis;
import dev.sluice.engine.testkit.TestWaiting;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PfxOptions;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stores that others run, on another machine: whoever reads along sees nothing, and whoever pretends to be them is found out. */
@ExtendWith({PostgresExtension.class, RedisExtension.class})
class EncryptedStoresTest {
    private static final String PASSWORD = "changeit";
    /** The tests' own keeps the line that says that a node runs to itself. */
    private static final String LOG_AS_SHIPPED = "-Dlogback.configurationFile=logback.xml";

    private final Vertx vertx = Vertx.vertx();
    private final NetClient inside = vertx.createNetClient();
    private TestDatabase database;
    private TestRedis redis;

    @TempDir
    private Path directory;

    @BeforeEach
    void stores(TestDatabase fresh, TestRedis ours) throws IOException, InterruptedException {
        database = fresh;
        redis = ours;
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "stores",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        certificate().toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    @Test
    void areReachedThroughTlsByANodeThatTrustsTheirCertificate() throws IOException {
        List<String> trust = List.of(
                LOG_AS_SHIPPED,
                "-Djavax.net.ssl.trustStore=" + certificate(),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        try (NodeProcess node = NodeProcess.start("trusting", directory, configuration("trusting"), trust)) {
            TestWaiting.until(TestWaiting.PATIENCE, () -> node.said("node trusting runs"), node::tail);
        }
    }

    @Test
    void areRefusedWhereNobodyVouchesForTheirCertificate() throws IOException {
        try (NodeProcess node =
                NodeProcess.start("doubting", directory, configuration("doubting"), List.of(LOG_AS_SHIPPED))) {
            TestWaiting.until(TestWaiting.PATIENCE, () -> !node.isAlive(), node::tail);
            assertThat(node.said("Sluice did not start: Postgres at localhost")).isTrue();
            assertThat(node.said("node doubting runs")).isFalse();
        }
    }

    private Path certificate() {
        return directory.resolve("stores.p12");
    }

    private String configuration(String name) throws IOException {
        Path key = directory.resolve("master.key");
        MasterKeys.read(key, true);
        PgConnectOptions postgres = database.connectOptions();
        URI plain = URI.create(redis.uri());
        int postgresDoor = door(false, client -> greet(client, postgres));
        int redisDoor = door(true, client -> pass(client, plain.getPort(), plain.getHost()));
        return """
                dataDirectory: %s
                node: {name: %s}
                postgres: {uri: "%s?sslmode=verify-full"}
                redis: {uri: "%s", keyPrefix: "%s"}
                http: {port: 0}
                metrics: {port: 0}
                admin: {enabled: false}
                security: {masterKeyFile: %s}
                """.formatted(
                directory.resolve("data"),
                name,
                database.uri().replace(postgres.getHost() + ":" + postgres.getPort(), "localhost:" + postgresDoor),
                redis.uri()
                        .replace("redis://", "rediss://")
                        .replace(plain.getHost() + ":" + plain.getPort(), "localhost:" + redisDoor),
                redis.keyPrefix(),
                key);
    }

    /** The port of a server with the stores' certificate. */
    private int door(boolean startsWithTls, Handler<NetSocket> guest) {
        NetServer door = vertx.createNetServer(new NetServerOptions()
                .setSsl(startsWithTls)
                .setKeyCertOptions(
                        new PfxOptions().setPath(certificate().toString()).setPassword(PASSWORD)));
        return await(door.connectHandler(guest).listen(0, "localhost")).actualPort();
    }

    /** As Postgres does: the first word is in the clear, and the answer S means that TLS follows. */
    private void greet(NetSocket client, PgConnectOptions postgres) {
        client.handler(wish -> client.upgradeToSsl(Buffer.buffer("S"))
                .onSuccess(encrypted -> pass(client, postgres.getPort(), postgres.getHost())));
    }

    private void pass(NetSocket client, int port, String host) {
        client.pause();
        inside.connect(port, host).onSuccess(server -> {
            client.closeHandler(closed -> server.close());
            server.closeHandler(closed -> client.close());
            client.handler(server::write);
            server.handler(client::write);
            client.resume();
        });
    }
}
