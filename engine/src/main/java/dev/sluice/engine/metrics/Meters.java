package dev.sluice.engine.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.function.Supplier;

/**
 * The node's registry, and the name of its own meter; {@code engine/README.md} lists all meters. A name is a noun with its unit last; a tag has few values, never an
 * id of a message or a person.
 */
public final class Meters {
    /** Gauge: 1 when the node does its roles, 0 while it starts and stops. */
    public static final String NODE_READY = "sluice.node.ready";

    private Meters() {}

    /**
     * Something that fills up, and beside it, under the same name with {@code .bound} behind it, the most that it may hold: an alert compares the two.
     *
     * @param value asked by whoever scrapes, on any thread
     */
    public static void bounded(
            MeterRegistry registry, String name, String description, Tags tags, Supplier<Number> value, long bound) {
        Gauge.builder(name, value).description(description).tags(tags).register(registry);
        Gauge.builder(name + ".bound", () -> bound)
                .description("The most of " + name + ".")
                .tags(tags)
                .register(registry);
    }

    /** A registry that Prometheus can read. */
    public static PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    /** What Vert.x measures by itself: pools by name, HTTP by status; no label by path or peer, since their values have no bound. */
    public static MetricsOptions ofVertx() {
        return new MicrometerMetricsOptions()
                .setEnabled(true)
                .setJvmMetricsEnabled(true)
                .addLabels(Label.HTTP_METHOD, Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME);
    }
}
