package dev.sluice.engine.metrics;

import dev.sluice.engine.config.EngineConfig.Listener;
import dev.sluice.engine.http.ConnectionBounds;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Metrics and health on a port of their own: {@code /metrics} for Prometheus; {@code /health/live} is 200 while the event loop turns; {@code /health/ready} is 200
 * while this node should get traffic, else 503 with the reason.
 */
public final class MetricsVerticle extends VerticleBase {
    private static final int IDLE_SECONDS = 60;
    /** Probes, and whoever scrapes, have a few; without a bound whoever reaches the port could take all the files that the process may open. */
    private static final int MOST_CONNECTIONS = 512;

    private static final int MOST_CONNECTIONS_PER_ADDRESS = 64;
    private static final long CHECK_MILLIS = 1_000;
    /** A scrape takes milliseconds of an event loop that others need: who asks within this time of another hears the same. */
    private static final long SCRAPED_NANOS = 100_000_000;

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final Supplier<Future<Optional<String>>> trouble;
    private final Listener listener;
    private HttpServer server;
    private Buffer scraped = Buffer.buffer();
    private long scrapedAtNanos = System.nanoTime() - SCRAPED_NANOS;

    /** @param trouble why this node should get no traffic, empty when it should; must not fail */
    public MetricsVerticle(
            PrometheusMeterRegistry registry, Supplier<Future<Optional<String>>> trouble, Listener listener) {
        this.registry = registry;
        this.trouble = trouble;
        this.listener = listener;
    }

    @Override
    public Future<?> start() {
        ConnectionBounds connections =
                new ConnectionBounds(MOST_CONNECTIONS, MOST_CONNECTIONS_PER_ADDRESS, IDLE_SECONDS * 1_000_000_000L);
        vertx.setPeriodic(CHECK_MILLIS, check -> connections.closeSilent(System.nanoTime()));
        server = vertx.createHttpServer(
                new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false));
        return server.connectionHandler(connection -> connections.admit(connection, System.nanoTime()))
                .requestHandler(request -> {
                    connections.requested(request, System::nanoTime);
                    answer(request);
                })
                .listen(listener.port(), listener.host());
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : server.close();
    }

    /** The port that is open. */
    public int actualPort() {
        return server.actualPort();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/metrics" ->
                request.response().putHeader("content-type", PROMETHEUS_TEXT).end(scrape());
            case "/health/live" -> request.response().end("live\n");
            case "/health/ready" ->
                trouble.get()
                        .onSuccess(reason -> request.response()
                                .setStatusCode(reason.isEmpty() ? 200 : 503)
                                .end(reason.orElse("ready") + "\n"));
            default -> request.response().setStatusCode(404).end("try /metrics, /health/live or /health/ready\n");
        }
    }

    private Buffer scrape() {
        if (System.nanoTime() - scrapedAtNanos >= SCRAPED_NANOS) {
            scraped = Buffer.buffer(registry.scrape());
            scrapedAtNanos = System.nanoTime();
        }
        return scraped;
    }
}
