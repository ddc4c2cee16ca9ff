package dev.sluice.loadtest.bench.stage;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.config.EngineConfigFile;
import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.engine.node.Engine;
import dev.sluice.engine.node.NodeParts;
import dev.sluice.engine.node.StandardParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One node of the engine, with a Vert.x of its own.
 *
 * @param engine stops it
 * @param parts what it is made of
 */
public record BenchEngine(Engine engine, NodeParts parts) implements AutoCloseable {
    /** Its place in the data directory; all nodes share it. */
    static final String MASTER_KEY = "bench-master.key";

    /**
     * Starts a node; the first brings the schema up to date. Blocks.
     *
     * @param platform base URL of the simulator
     */
    static BenchEngine start(String name, Path data, BenchStores stores, String platform) throws IOException {
        AtomicReference<NodeParts> shared = new AtomicReference<>();
        Engine engine = Engine.start(config(name, data, stores, platform), parts -> {
            shared.set(parts);
            return StandardParts.of(parts);
        });
        return new BenchEngine(engine, shared.get());
    }

    private static EngineConfig config(String name, Path data, BenchStores stores, String platform) throws IOException {
        String yaml = """
                dataDirectory: %s
                node: {name: %s}
                http: {port: %d}
                metrics: {port: 0}
                admin: {enabled: false}
                sending: {callsInFlight: 2048, callsInFlightPerLane: 2048, connectionsPerHost: 64}
                postgres: {uri: "%s", migrate: true}
                redis: {uri: "%s"}
                security: {masterKeyFile: "%s"}
                platforms: {dingtalk: {oapiBaseUrl: "%s", apiBaseUrl: "%s"}}
                """.formatted(
                        data,
                        name,
                        LoopbackPort.free(),
                        stores.postgresUri(),
                        stores.redisUri(),
                        data.resolve(MASTER_KEY),
                        platform,
                        platform);
        return EngineConfigFile.parse(yaml, Map.of());
    }

    int httpPort() {
        return parts.config().http().listener().port();
    }

    @Override
    public void close() {
        engine.close();
    }
}
