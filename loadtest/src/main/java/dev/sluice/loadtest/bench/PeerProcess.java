package dev.sluice.loadtest.bench;

import dev.sluice.engine.store.JdbcAddress;
import dev.sluice.loadtest.bench.meter.Processor;
import dev.sluice.loadtest.bench.stage.BenchNode;
import dev.sluice.loadtest.bench.stage.BenchTenant;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One peer in a JVM of its own: what it is made of is not on our class path, its processor time is its own, and it ends when its input does, so it never outlives us.
 * Blocking.
 */
final class PeerProcess implements AutoCloseable {
    /** Where the launcher says that the peers are. */
    static final String CLASS_PATH = "sluice.peers";

    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private PeerProcess(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one and waits until it is ready. */
    static PeerProcess start(String kind, BenchNode node, BenchTenant tenant) {
        String classPath = System.getProperty(CLASS_PATH);
        if (classPath == null) {
            throw new IllegalStateException("the peers' classes are not known: start with ./sluice bench peers");
        }
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Dvertx.disableDnsResolver=true",
                        "-Dlogback.configurationFile=logback-peers.xml",
                        "-cp",
                        classPath,
                        "dev.sluice.peers.PeerMain",
                        kind)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment(node, tenant));
        try {
            PeerProcess peer = new PeerProcess(builder.start());
            peer.answer("ready");
            return peer;
        } catch (IOException noProcess) {
            throw new UncheckedIOException(noProcess);
        }
    }

    private static Map<String, String> environment(BenchNode node, BenchTenant tenant) {
        JdbcAddress postgres = node.stores().jdbc();
        return Map.of(
                "PEER_JDBC_URL", postgres.url(),
                "PEER_USER", postgres.user(),
                "PEER_PASSWORD", postgres.password(),
                "PEER_REDIS_URI", node.stores().redisUri(),
                "PEER_PLATFORM", node.simulator().baseUri().toString(),
                "PEER_APP_KEY", tenant.appKey(),
                "PEER_APP_SECRET", tenant.appSecret(),
                "PEER_AGENT_ID", Integer.toString(BenchTenant.AGENT_ID));
    }

    /** Has it accept and deliver so many; gives the seconds that took. */
    double round(int jobs) {
        try {
            orders.write("round " + jobs + "\n");
            orders.flush();
            return Double.parseDouble(answer("done "));
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    /** Processor time that it used so far. */
    double seconds() {
        return Processor.seconds(process.pid());
    }

    /** The rest of the next line, which must begin with a word. */
    private String answer(String word) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(word)) {
            process.destroy();
            throw new IllegalStateException("a peer did not answer '" + word.strip() + "' but '" + line + "'");
        }
        return line.substring(word.length());
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException ended) {
            process.destroyForcibly();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
