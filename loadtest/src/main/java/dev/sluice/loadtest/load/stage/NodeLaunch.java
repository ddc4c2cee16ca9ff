package dev.sluice.loadtest.load.stage;

import dev.sluice.engine.embedded.LoopbackPort;
import dev.sluice.loadtest.load.stage.NodeProcess.NodePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How nodes are started.
 *
 * @param classPath of this program
 * @param directory for their files
 * @param postgresUri with credentials
 * @param redisUri with credentials
 * @param platformUri both of the platform's base URLs
 * @param receiptAfterMillis see the configuration
 * @param http lent, for asking whether they are ready
 */
record NodeLaunch(
        String classPath,
        Path directory,
        String postgresUri,
        String redisUri,
        String platformUri,
        int receiptAfterMillis,
        HttpClient http) {
    /** What the README promises to be enough for ten million waiting deliveries. */
    private static final String HEAP = "-Xmx512m";
    /** Left to itself the JVM would exit with 3, as a node does that lost its slot. */
    private static final String OUT_OF_MEMORY = "-XX:OnOutOfMemoryError=kill -9 %p";
    /** Nodes, client, platform and stores share one machine: between grant and call there is more than usual. */
    private static final long GRANT_AGE_MILLIS = 1_000;

    /** A node that does not run yet. */
    NodeProcess node(String name) throws IOException {
        List<Integer> free = LoopbackPort.free(3);
        NodePorts ports = new NodePorts(free.get(0), free.get(1), free.get(2));
        Path folder = Files.createDirectories(directory.resolve(name));
        Path config = Files.writeString(
                folder.resolve("sluice.yaml"), config(name, ports).encodePrettily());
        return new NodeProcess(name, command(config), System.getenv(), ports, folder.resolve("node.log"), http);
    }

    private JsonObject config(String name, NodePorts ports) {
        return new JsonObject()
                .put("dataDirectory", directory.resolve(name).resolve("data").toString())
                .put("node", new JsonObject().put("name", name))
                .put("http", new JsonObject().put("port", ports.http()))
                .put("admin", new JsonObject().put("port", ports.admin()))
                .put("metrics", new JsonObject().put("port", ports.metrics()))
                .put("postgres", new JsonObject().put("uri", postgresUri))
                .put("redis", new JsonObject().put("uri", redisUri))
                .put("sending", new JsonObject().put("grantAgeMillis", GRANT_AGE_MILLIS))
                .put(
                        "security",
                        new JsonObject()
                                .put(
                                        "masterKeyFile",
                                        directory.resolve("master.key").toString()))
                .put(
                        "platforms",
                        new JsonObject()
                                .put(
                                        "dingtalk",
                                        new JsonObject()
                                                .put("oapiBaseUrl", platformUri)
                                                .put("apiBaseUrl", platformUri)
                                                .put("receiptAfterMillis", receiptAfterMillis)));
    }

    private List<String> command(Path config) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(HEAP, OUT_OF_MEMORY, "--enable-native-access=ALL-UNNAMED"));
        // Netty's buffers use what JDK 23 and later warn about.
        if (Runtime.version().feature() >= 23) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of(
                "-cp", classPath, "dev.sluice.loadtest.cli.SluiceMain", "serve", "--config", config.toString()));
        return command;
    }
}
