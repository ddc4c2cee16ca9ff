package dev.sluice.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.config.EngineConfig.Listener;
import dev.sluice.engine.testkit.TestWaiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The port asks for no key: whoever reaches it may come as often as they like. */
@ExtendWith(VertxExtension.class)
class MetricsVerticleTest {
    private static final int MANY = 200;
    private static final int MOST_PER_ADDRESS = 64;
    private static final String SCRAPE = "GET /metrics HTTP/1.1\r\nHost: x\r\n";

    private final AtomicInteger scrapes = new AtomicInteger();
    private MetricsVerticle port;

    @BeforeEach
    void listen(Vertx vertx) {
        PrometheusMeterRegistry registry = Meters.registry();
        Gauge.builder("scrapes", scrapes::incrementAndGet).register(registry);
        port = new MetricsVerticle(
                registry, () -> Future.succeededFuture(Optional.empty()), new Listener("127.0.0.1", 0));
        TestWaiting.await(vertx.deployVerticle(port));
    }

    @Test
    void whoOpensConnectionAfterConnectionGetsNoMoreThanTheirShare() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            while (sockets.size() < MANY) {
                sockets.add(new Socket(InetAddress.getLoopbackAddress(), port.actualPort()));
            }
            int served = 0;
            for (Socket socket : sockets) {
                served += isServed(socket) ? 1 : 0;
            }
            assertThat(served).isEqualTo(MOST_PER_ADDRESS);
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void howeverManyScrapeTheMetersAreReadNowAndThen() throws IOException {
        long startedNanos = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.actualPort())) {
            socket.getOutputStream().write((SCRAPE + "\r\n").repeat(MANY).getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream()
                    .write((SCRAPE + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(MANY + 2);
        }
        assertThat(scrapes.get()).isLessThanOrEqualTo((int) ((System.nanoTime() - startedNanos) / 100_000_000) + 1);
    }

    private static boolean isServed(Socket socket) {
        try {
            socket.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            return socket.getInputStream().read() >= 0;
        } catch (IOException closed) {
            return false;
        }
    }
}
