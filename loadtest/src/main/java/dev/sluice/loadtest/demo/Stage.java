package dev.sluice.loadtest.demo;

import dev.sluice.admin.key.AdminKeys;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigFile;
import dev.sluice.engine.embedded.DirectoryTree;
import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.node.Engine;
import dev.sluice.engine.node.NodeParts;
import dev.sluice.loadtest.client.ApiClient;
import dev.sluice.loadtest.client.Patience;
import dev.sluice.simulator.Simulator;
import dev.sluice.simulator.SimulatorOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a demo runs on: embedded stores, the simulated platform and a node, each over real HTTP on loopback. Blocks. May be closed from any thread,
 * more than once; what was temporary is gone then.
 */
final class Stage implements AutoCloseable {
    /** Early enough to see what became of everybody within a demo; a real installation waits longer. */
    private static final long RECEIPT_AFTER_MILLIS = 2_000;
    /** A demo shares its machine with whatever else runs there. */
    private static final long GRANT_AGE_MILLIS = 1_000;

    private final Path directory;
    private final boolean temporary;
    private final Vertx platformVertx = Vertx.vertx();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private Simulator simulator;
    private Engine engine;
    private NodeParts node;
    private int sendPort;
    private int adminPort;
    private boolean closed;

    private Stage(Path directory, boolean temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    /** An empty stage in a directory that is kept, or in a temporary one. */
    static Stage in(Optional<Path> kept) throws IOException {
        return kept.isPresent()
                ? new Stage(kept.get(), false)
                : new Stage(Files.createTempDirectory("sluice-demo"), true);
    }

    /** Starts everything. */
    synchronized void start(NodeComposition composition) throws IOException {
        if (closed) {
            return;
        }
        simulator = Patience.await(Simulator.start(platformVertx, SimulatorOptions.defaults()));
        sendPort = LoopbackPort.free();
        engine = Engine.start(config(), parts -> {
            node = parts;
            return composition.of(parts, firstKey -> {}, port -> adminPort = port);
        });
    }

    private EngineConfig config() {
        String platform = simulator.baseUri().toString();
        JsonObject yaml = new JsonObject()
                .put("dataDirectory", directory.resolve("data").toString())
                .put("node", new JsonObject().put("name", "demo"))
                .put("http", new JsonObject().put("port", sendPort))
                .put("metrics", new JsonObject().put("port", 0))
                .put("admin", new JsonObject().put("port", 0))
                .put("sending", new JsonObject().put("grantAgeMillis", GRANT_AGE_MILLIS))
                .put(
                        "platforms",
                        new JsonObject()
                                .put(
                                        "dingtalk",
                                        new JsonObject()
                                                .put("oapiBaseUrl", platform)
                                                .put("apiBaseUrl", platform)
                                                .put("receiptAfterMillis", RECEIPT_AFTER_MILLIS)));
        return EngineConfigFile.parse(yaml.encode(), Map.of());
    }

    /** The control plane, with a key of our own. */
    ApiClient adminApi() {
        String key = Patience.await(new AdminKeys(node.pool(), new SecureRandom()).create("demo"))
                .reveal();
        return new ApiClient(http, URI.create("http://127.0.0.1:" + adminPort), key);
    }

    /** The send API as a tenant sees it. */
    ApiClient sendApi(String key) {
        return new ApiClient(http, URI.create("http://127.0.0.1:" + sendPort), key);
    }

    Simulator simulator() {
        return simulator;
    }

    /** For reading back what the run left in the stores. */
    NodeParts node() {
        return node;
    }

    /** Where files may be put. */
    Path directory() {
        return directory;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (engine != null) {
            engine.close();
        }
        Patience.await(platformVertx.close());
        http.shutdownNow();
        if (temporary) {
            removeDirectory();
        }
    }

    private void removeDirectory() {
        try {
            DirectoryTree.delete(directory);
        } catch (IOException e) {
            throw new IllegalStateException("could not remove " + directory + ": " + e.getMessage(), e);
        }
    }
}
