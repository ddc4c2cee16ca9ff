package dev.sluice.loadtest.load.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.metrics.Meters;
import dev.sluice.loadtest.verdict.DuringRun.Filled;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GaugesTest {
    private final PrometheusMeterRegistry registry = Meters.registry();

    @Test
    void everyGaugeThatTheEngineHasABoundForIsReadWithIt() {
        AtomicInteger rows = new AtomicInteger(7);
        Meters.bounded(registry, "sluice.rows", "d", Tags.empty(), rows::get, 10);
        Meters.bounded(registry, "sluice.calls", "d", Tags.of("instance", "0"), () -> 257, 256);
        Meters.bounded(registry, "sluice.calls", "d", Tags.of("instance", "1"), () -> 3, 256);
        registry.gauge("sluice.without.one", 5);
        rows.set(11);
        assertThat(Gauges.of(registry.scrape()).filled())
                .containsExactlyInAnyOrder(
                        new Filled("rows", 11, 10), new Filled("calls", 257, 256), new Filled("calls", 3, 256));
    }

    @Test
    void aHeapIsTheSumOfItsPartsAndPartsWithoutABoundAddNone() {
        String metrics = """
                # HELP jvm_memory_used_bytes The amount of used memory
                jvm_memory_max_bytes{area="heap",id="G1 Eden Space"} -1.0
                jvm_memory_max_bytes{area="heap",id="G1 Old Gen"} 5.36870912E8
                jvm_memory_max_bytes{area="nonheap",id="Metaspace"} -1.0
                jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 2.0E8
                jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 1.0E8
                jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 3.0E7
                vertx_pool_ratio{pool_name="vert.x-virtual-thread",pool_type="worker"} NaN
                """;
        assertThat(Gauges.of(metrics).heap()).isEqualTo(new Filled("heap", 300_000_000, 536_870_912));
    }
}
